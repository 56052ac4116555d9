package io.murmuration.scaling.spark;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What the executors' processes take, by their last two heartbeats. A silent executor counts for nothing: its figures are
 * absent, and those of the others stand for all.
 */
final class ExecutorHeartbeats {
    private static final double MEBIBYTE = 1 << 20;
    private static final double GIBIBYTE = 1 << 30;
    /** Heartbeats that may be missed. */
    private static final int SILENCE = 3;

    private record Pair(Heartbeat before, Heartbeat last, Instant received) {
        /** The growth of a counter a second. */
        double rate(ToDoubleFunction<Heartbeat> counter) {
            return (counter.applyAsDouble(last) - counter.applyAsDouble(before)) / ((last.at() - before.at()) / 1e3);
        }
    }

    private final Duration interval;
    private final InstantSource clock;
    private final Map<String, Pair> pairs = new HashMap<>();
    /** Processor time of executors that are gone. */
    private double cpuSecondsOfLost;

    private double ownCpuSecondsOfLost;

    /** @param interval from one heartbeat to the next */
    ExecutorHeartbeats(Duration interval, InstantSource clock) {
        this.interval = interval;
        this.clock = clock;
    }

    synchronized void receive(Heartbeat heartbeat) {
        Pair pair = pairs.get(heartbeat.executor());
        Heartbeat before = pair == null ? heartbeat : pair.last();
        pairs.put(heartbeat.executor(), new Pair(before, heartbeat, clock.instant()));
    }

    /** Forgets all executors but these. */
    synchronized void retain(Set<String> executors) {
        pairs.forEach((id, pair) -> {
            if (!executors.contains(id)) {
                cpuSecondsOfLost += finite(pair.last().cpuSeconds());
                ownCpuSecondsOfLost += finite(pair.last().ownCpuSeconds());
            }
        });
        pairs.keySet().retainAll(executors);
    }

    /** Adds what the executors that were heard of lately said. */
    synchronized void report(ResourceMetrics.Builder metrics, int slotsPerExecutor) {
        Instant silent = clock.instant().minus(interval.multipliedBy(SILENCE));
        List<Pair> heard = pairs.values().stream()
                .filter(pair -> pair.received().isAfter(silent))
                .toList();
        // Processor time over that of as many cores as there are slots; a process may use more for a while.
        metrics.with(
                        Metric.CPU_PERCENT,
                        mean(rates(heard, Heartbeat::cpuSeconds)
                                .map(cores -> Math.min(100, 100 * cores / slotsPerExecutor))))
                .with(SparkMetrics.GC_SHARE, mean(rates(heard, Heartbeat::gcSeconds)))
                .with(Metric.MEMORY_PERCENT, mean(last(heard, beat -> 100 * beat.heapUsed() / beat.heapMax())))
                .with(Metric.MEMORY_AVAILABLE, sum(last(heard, beat -> (beat.heapMax() - beat.heapUsed()) / GIBIBYTE)))
                .with(Metric.PROCESS_MEMORY, sum(last(heard, beat -> beat.residentBytes() / MEBIBYTE)))
                .with(Metric.NETWORK_LATENCY, mean(last(heard, beat -> 1e3 * beat.roundTripSeconds())));
    }

    /** Processor time of all executors so far, in seconds, as far as they told. */
    synchronized double cpuSeconds() {
        return cpuSecondsOfLost
                + last(pairs.values().stream().toList(), Heartbeat::cpuSeconds).sum();
    }

    /** The part of it that the heartbeats themselves took. */
    synchronized double ownCpuSeconds() {
        return ownCpuSecondsOfLost
                + last(pairs.values().stream().toList(), Heartbeat::ownCpuSeconds)
                        .sum();
    }

    private static DoubleStream rates(List<Pair> pairs, ToDoubleFunction<Heartbeat> counter) {
        return pairs.stream()
                .filter(pair -> pair.last().at() > pair.before().at())
                .mapToDouble(pair -> pair.rate(counter))
                .filter(Double::isFinite);
    }

    private static DoubleStream last(List<Pair> pairs, ToDoubleFunction<Heartbeat> value) {
        return pairs.stream().map(Pair::last).mapToDouble(value).filter(Double::isFinite);
    }

    private static OptionalDouble mean(DoubleStream values) {
        return values.average();
    }

    private static OptionalDouble sum(DoubleStream values) {
        double[] all = values.toArray();
        return all.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(DoubleStream.of(all).sum());
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }
}
