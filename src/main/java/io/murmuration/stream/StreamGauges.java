package io.murmuration.stream;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/** Shows a stream in Spark's metrics, and so wherever its sinks bring them, for as long as it runs. */
final class StreamGauges implements Source, AutoCloseable {
    static final String NAME = "stream";

    private final MetricRegistry registry = new MetricRegistry();

    StreamGauges(StreamWatch watch) {
        gauge("batch", () -> watch.figure(StreamFigures::batch));
        gauge("batch.seconds", () -> watch.figure(StreamFigures::seconds));
        gauge("inputRowsPerSecond", () -> watch.flow(StreamFigures::inputRate));
        gauge("processedRowsPerSecond", () -> watch.flow(StreamFigures::processedRate));
        gauge("latency.p50Seconds", () -> watch.figure(now -> now.latency().p50()));
        gauge("latency.p95Seconds", () -> watch.figure(now -> now.latency().p95()));
        gauge("latency.p99Seconds", () -> watch.figure(now -> now.latency().p99()));
        gauge("backlog", () -> watch.flow(StreamGauges::backlog));
        gauge("state.rows", () -> watch.figure(StreamFigures::stateRows));
        gauge("state.memoryBytes", () -> watch.figure(StreamFigures::stateMemory));
        gauge("state.diskBytes", () -> watch.figure(StreamFigures::stateDisk));
        gauge("watermark.behindSeconds", () -> watch.figure(StreamGauges::behindSeconds));
        gauge("rows.read", () -> watch.figure(now -> now.total().read()));
        gauge("rows.written", () -> watch.figure(now -> now.total().written()));
        gauge("rows.late", () -> watch.figure(now -> now.total().late()));
        gauge("rows.rejected", () -> watch.figure(now -> now.total().rejected()));
        gauge("rows.duplicates", () -> watch.figure(now -> now.total().duplicates()));
        gauge("rows.held", () -> watch.figure(now -> now.total().held()));
        gauge("alerts", () -> watch.figure(now -> now.total().alerts()));
    }

    private void gauge(String name, Gauge<Double> gauge) {
        registry.register(name, gauge);
    }

    private static double backlog(StreamFigures now) {
        return now.backlog().count().isPresent() ? now.backlog().count().getAsLong() : Double.NaN;
    }

    private static double behindSeconds(StreamFigures now) {
        return now.behind().map(Duration::toMillis).map(millis -> millis / 1e3).orElse(Double.NaN);
    }

    /** Has Spark show a stream's figures. */
    static StreamGauges show(StreamWatch watch) {
        StreamGauges gauges = new StreamGauges(watch);
        SparkEnv.get().metricsSystem().registerSource(gauges);
        return gauges;
    }

    @Override
    public String sourceName() {
        return NAME;
    }

    @Override
    public MetricRegistry metricRegistry() {
        return registry;
    }

    @Override
    public void close() {
        SparkEnv.get().metricsSystem().removeSource(this);
    }
}
