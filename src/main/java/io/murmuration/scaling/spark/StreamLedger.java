package io.murmuration.scaling.spark;

import io.murmuration.scaling.ResourceMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryIdleEvent;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryProgressEvent;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryTerminatedEvent;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * The last trigger of each streaming query that runs, in whatever session: their progress passes over the bus of all
 * listeners, so that no session has to be known. A query that has told nothing for a minute is forgotten, since the event of
 * its end may be lost; one without new data says so every ten seconds, unless it is set to otherwise.
 */
final class StreamLedger extends SparkListener {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<UUID, Told> queries = new HashMap<>();

    /** What a query told last, and when; empty where that was that it has nothing to do. */
    private record Told(Instant at, Optional<StreamingQueryProgress> progress) {}

    StreamLedger(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof QueryProgressEvent progress) {
            queries.put(progress.progress().runId(), new Told(clock.instant(), Optional.of(progress.progress())));
        } else if (event instanceof QueryIdleEvent idle) {
            queries.put(idle.runId(), new Told(clock.instant(), Optional.empty()));
        } else if (event instanceof QueryTerminatedEvent terminated) {
            queries.remove(terminated.runId());
        }
    }

    /** Adds what the queries said last; nothing where there are none. */
    synchronized void report(ResourceMetrics.Builder metrics) {
        Instant now = clock.instant();
        queries.values().removeIf(told -> Duration.between(told.at(), now).compareTo(SILENCE) > 0);
        if (queries.isEmpty()) {
            return;
        }
        List<StreamingQueryProgress> last = queries.values().stream()
                .flatMap(told -> told.progress().stream())
                .toList();
        metrics.with(SparkMetrics.STREAM_INPUT, sum(last, StreamingQueryProgress::inputRowsPerSecond))
                .with(SparkMetrics.STREAM_PROCESSED, sum(last, StreamingQueryProgress::processedRowsPerSecond))
                .with(
                        SparkMetrics.STREAM_DELAY,
                        last.stream()
                                .mapToDouble(query -> query.durationMs().getOrDefault("triggerExecution", 0L))
                                .max())
                .with(SparkMetrics.STREAM_BACKLOG, backlog(last));
    }

    /** A query that has read nothing yet has no rate. */
    private static double sum(List<StreamingQueryProgress> queries, ToDoubleFunction<StreamingQueryProgress> rate) {
        return queries.stream().mapToDouble(rate).filter(Double::isFinite).sum();
    }

    private static OptionalDouble backlog(List<StreamingQueryProgress> queries) {
        double[] told = queries.stream()
                .<SourceProgress>flatMap(query -> Stream.of(query.sources()))
                .map(StreamBacklog::of)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return told.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(DoubleStream.of(told).sum());
    }
}
