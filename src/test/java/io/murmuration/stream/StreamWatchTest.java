package io.murmuration.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.codahale.metrics.Gauge;
import io.murmuration.batch.Findings;
import io.murmuration.stream.agent.ArrivalTimes;
import io.murmuration.stream.source.Backlog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.streaming.SinkProgress;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryIdleEvent;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryProgressEvent;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who watches a stream")
class StreamWatchTest {
    private static final UUID ID = new UUID(1, 2);
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:10Z");
    private static final StreamCounts COUNTS = new StreamCounts(100, 80, 0, 4, Map.of("time", 1L), 5, 10, 0, 0);

    private final StreamWatch watch = new StreamWatch(micros -> Backlog.of(7, "file"));
    private final StreamGauges gauges = new StreamGauges(watch);

    private static SourceProgress source(String end, String latest) {
        return new SourceProgress("source", "", end, latest, 100, 50, 200, Map.of());
    }

    private static QueryProgressEvent progress(long batch) {
        StateOperatorProgress state = new StateOperatorProgress(
                "state", 42, 0, 0, 0, 0, 0, 1000, 0, 2, 2, Map.of("rocksdbSstFileSize", 500L));
        return new QueryProgressEvent(new StreamingQueryProgress(
                ID,
                ID,
                "murmuration stream",
                NOW.toString(),
                batch,
                500,
                Map.of("triggerExecution", 500L),
                Map.of("watermark", "2026-11-25T10:00:00.000Z"),
                new StateOperatorProgress[] {state, state},
                new SourceProgress[] {source("{}", "{}")},
                new SinkProgress("sink", -1L, Map.of()),
                Map.of()));
    }

    private void placed(long batch) {
        ArrivalTimes arrivals = new ArrivalTimes(NOW.toEpochMilli());
        arrivals.add((NOW.toEpochMilli() - 1500) * 1000);
        arrivals.taken(5);
        MicroBatchPart part = new MicroBatchPart("attempt", List.of(), COUNTS, Findings.none(1), arrivals);
        watch.placed(batch, List.of(part), COUNTS, COUNTS, NOW.plusMillis(500), 0.4);
    }

    private double gauge(String name) {
        Gauge<?> gauge = gauges.metricRegistry().getGauges().get(name);
        return (Double) gauge.getValue();
    }

    @Test
    void showsWhatWasPutInPlaceTogetherWithWhatSparkTells() {
        placed(3);
        watch.onQueryProgress(progress(3));
        assertEquals(3, gauge("batch"));
        assertEquals(100 / 0.5, gauge("processedRowsPerSecond"));
        assertEquals(2, gauge("latency.p99Seconds"), 0.03);
        assertEquals(7, gauge("backlog"));
        assertEquals(84, gauge("state.rows"));
        assertEquals(2000, gauge("state.memoryBytes"));
        assertEquals(1000, gauge("state.diskBytes"));
        assertEquals(10.5, gauge("watermark.behindSeconds"));
        assertEquals(4, gauge("rows.late"));
        assertEquals(10, gauge("rows.held"));
    }

    @Test
    void takesNoMicroBatchForAnotherThoughSparkTellsOfThemLater() {
        placed(3);
        watch.onQueryProgress(progress(2));
        assertEquals(Double.NaN, gauge("batch"));
        placed(4);
        watch.onQueryProgress(progress(3));
        assertEquals(3, gauge("batch"));
        watch.onQueryProgress(progress(4));
        assertEquals(4, gauge("batch"));
    }

    @Test
    void showsNoRatesWhileNothingComes() {
        placed(3);
        watch.onQueryProgress(progress(3));
        watch.onQueryIdle(new QueryIdleEvent(ID, ID, NOW.toString()));
        assertEquals(0, gauge("processedRowsPerSecond"));
        assertEquals(0, gauge("backlog"));
        assertEquals(84, gauge("state.rows"));
    }

    @Test
    void addsUpWhatARunDid() {
        placed(0);
        placed(1);
        StreamRun run = watch.run();
        assertEquals(2, run.batches());
        assertEquals(200, run.rows());
        assertEquals(2, run.latency().p50(), 0.03);
        assertEquals(2, run.series().moments().size());
    }

    @Test
    void knowsTheBacklogOfSourcesWhoseOffsetsAreNumbersByPartition() {
        assertEquals(
                OptionalLong.of(12),
                Backlog.offsets(source("{\"t\":{\"0\":5,\"1\":3}}", "{\"t\":{\"0\":10,\"1\":10}}"))
                        .count());
        assertEquals(
                OptionalLong.empty(),
                Backlog.offsets(source("{\"logOffset\":3}", null)).count());
        assertEquals(
                OptionalLong.empty(), Backlog.offsets(source("5", "no JSON")).count());
    }
}
