package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.scaling.ResourceMetrics;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import org.apache.spark.sql.streaming.SinkProgress;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryIdleEvent;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryProgressEvent;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryTerminatedEvent;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import scala.Option;

@DisplayName("The rates of streaming queries are what they told last")
class StreamLedgerTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private Instant now = Instant.EPOCH;
    private final StreamLedger ledger = new StreamLedger(() -> now);

    private static QueryProgressEvent progress(UUID run, double rowsPerSecond) {
        SourceProgress source = new SourceProgress("rate", "1", "2", "5", 10, rowsPerSecond, rowsPerSecond, Map.of());
        return new QueryProgressEvent(new StreamingQueryProgress(
                run,
                run,
                "query",
                "1970-01-01T00:00:00.000Z",
                1,
                100,
                Map.of("triggerExecution", 400L),
                Map.of(),
                new StateOperatorProgress[0],
                new SourceProgress[] {source},
                new SinkProgress("noop"),
                Map.of()));
    }

    private ResourceMetrics at(int second) {
        now = Instant.ofEpochSecond(second);
        ResourceMetrics.Builder metrics = ResourceMetrics.at(now);
        ledger.report(metrics);
        return metrics.build();
    }

    @Test
    void theyAddUpUntilAQueryEnds() {
        ledger.onOtherEvent(progress(ONE, 100));
        ledger.onOtherEvent(progress(OTHER, 20));
        assertEquals(OptionalDouble.of(120), at(1).get(SparkMetrics.STREAM_INPUT));
        assertEquals(OptionalDouble.of(6), at(1).get(SparkMetrics.STREAM_BACKLOG));
        ledger.onOtherEvent(new QueryTerminatedEvent(ONE, ONE, Option.empty(), Option.empty()));
        assertEquals(OptionalDouble.of(20), at(2).get(SparkMetrics.STREAM_INPUT));
    }

    @Test
    void aQueryThatTellsNothingForAMinuteIsForgotten() {
        ledger.onOtherEvent(progress(ONE, 100));
        assertEquals(OptionalDouble.of(100), at(60).get(SparkMetrics.STREAM_PROCESSED));
        assertEquals(OptionalDouble.empty(), at(61).get(SparkMetrics.STREAM_PROCESSED));
    }

    @Test
    void aQueryWithNothingToDoHasNoRate() {
        ledger.onOtherEvent(progress(ONE, 100));
        ledger.onOtherEvent(new QueryIdleEvent(ONE, ONE, "1970-01-01T00:00:10.000Z"));
        assertEquals(OptionalDouble.of(0), at(11).get(SparkMetrics.STREAM_INPUT));
        assertEquals(OptionalDouble.empty(), at(11).get(SparkMetrics.STREAM_BACKLOG));
    }
}
