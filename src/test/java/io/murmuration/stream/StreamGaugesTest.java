package io.murmuration.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.stream.source.Backlog;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The gauges of a stream")
class StreamGaugesTest {
    @Test
    void areThereBeforeTheFirstMicroBatchAndKnowNothingYet() {
        StreamGauges gauges = new StreamGauges(new StreamWatch(micros -> Backlog.UNKNOWN));
        assertEquals(
                Set.of(
                        "batch",
                        "batch.seconds",
                        "inputRowsPerSecond",
                        "processedRowsPerSecond",
                        "latency.p50Seconds",
                        "latency.p95Seconds",
                        "latency.p99Seconds",
                        "backlog",
                        "state.rows",
                        "state.memoryBytes",
                        "state.diskBytes",
                        "watermark.behindSeconds",
                        "rows.read",
                        "rows.written",
                        "rows.late",
                        "rows.rejected",
                        "rows.duplicates",
                        "rows.held",
                        "alerts"),
                gauges.metricRegistry().getGauges().keySet());
        gauges.metricRegistry().getGauges().forEach((name, gauge) -> assertEquals(Double.NaN, gauge.getValue(), name));
    }
}
