package io.murmuration.scaling.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.murmuration.scaling.Metric;
import java.util.function.ToDoubleFunction;

/** Shows the autoscaler in Spark's metrics, and so wherever its sinks bring them. */
final class ScalingGauges {
    private final ControlLoop loop;
    private final ExecutorHeartbeats heartbeats;
    private final OwnTime ownTime;

    ScalingGauges(ControlLoop loop, ExecutorHeartbeats heartbeats, OwnTime ownTime) {
        this.loop = loop;
        this.heartbeats = heartbeats;
        this.ownTime = ownTime;
    }

    void register(MetricRegistry registry) {
        ofTick(registry, "executors.active", tick -> tick.counts().ready());
        ofTick(registry, "executors.requested", tick -> tick.counts().requested());
        ofTick(registry, "executors.leaving", tick -> tick.counts().leaving());
        ofTick(registry, "executors.recommended", tick -> tick.decision().recommended());
        ofTick(registry, "tasks.pending", tick -> tick.metrics().get(Metric.PENDING_TASKS, Double.NaN));
        ofTick(registry, "tasks.running", tick -> tick.metrics().get(Metric.RUNNING_TASKS, Double.NaN));
        ofTick(registry, "work.arrived", tick -> tick.metrics().get(Metric.LOAD, Double.NaN));
        ofTick(registry, "work.queued", tick -> tick.metrics().get(Metric.QUEUED_WORK, Double.NaN));
        ofTick(registry, "slots.utilisation", tick -> tick.metrics().get(Metric.UTILISATION, Double.NaN));
        ofTick(registry, "provisioning.seconds", tick -> tick.metrics().get(Metric.PROVISIONING_TIME, Double.NaN));
        gauge(registry, "paused", () -> loop.isPaused() ? 1.0 : 0.0);
        gauge(registry, "ticks.failed", () -> (double) loop.failedTicks());
        gauge(registry, "overhead.cpuSeconds", this::overheadSeconds);
        gauge(registry, "executors.cpuSeconds", heartbeats::cpuSeconds);
        gauge(registry, "overhead.share", () -> overheadSeconds() / heartbeats.cpuSeconds());
    }

    /** Processor time of the loop, the listeners, and the heartbeats in the executors. */
    private double overheadSeconds() {
        return ownTime.seconds() + heartbeats.ownCpuSeconds();
    }

    private void ofTick(MetricRegistry registry, String name, ToDoubleFunction<TickRecord> value) {
        gauge(registry, name, () -> loop.last().map(value::applyAsDouble).orElse(Double.NaN));
    }

    private static void gauge(MetricRegistry registry, String name, Gauge<Double> gauge) {
        registry.register(name, gauge);
    }
}
