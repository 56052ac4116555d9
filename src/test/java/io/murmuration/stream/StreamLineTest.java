package io.murmuration.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.stream.source.Backlog;
import io.murmuration.summary.Latency;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The line about a micro-batch")
class StreamLineTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:10Z");
    private static final StreamCounts TOTAL = new StreamCounts(5000, 4000, 0, 3, Map.of(), 0, 990, 0, 0);

    @Test
    void saysWhatThereIsToSay() {
        StreamFigures figures = new StreamFigures(
                12,
                1500,
                0.5,
                1234,
                new Latency(0.5, 1.25, 75),
                Backlog.of(3, "file"),
                200,
                5_000_000,
                2048,
                Optional.of(NOW.minusSeconds(12)),
                NOW,
                TOTAL);
        StreamCounts counts = new StreamCounts(1500, 1000, 0, 2, Map.of("time", 1L), 7, 490, 4, 0);
        assertEquals(
                "Batch 12: 1,500 rows came, 1,000 results, in 0.5 s (in 1,234/s, done 3,000/s); latency p50 0.50 s, p95 1.25 s, p99 75 s;"
                        + " backlog 3 files; state 200 rows, 4.8 MiB in memory, 2 KiB on disk;"
                        + " watermark 2026-11-25T09:59:58Z, 12 s behind; 2 late; 1 rejected; 7 duplicates; 990 held; 4 alerts",
                new StreamLine(figures, counts).text());
    }

    @Test
    void saysLittleWhereLittleHappened() {
        StreamFigures figures = new StreamFigures(
                0,
                0,
                0.25,
                Double.NaN,
                new Latency(Double.NaN, Double.NaN, Double.NaN),
                Backlog.UNKNOWN,
                0,
                0,
                0,
                Optional.empty(),
                NOW,
                StreamCounts.NONE);
        assertEquals(
                "Batch 0: 0 rows came, 0 results, in 0.3 s; state 0 rows, 0 KiB in memory, 0 KiB on disk",
                new StreamLine(figures, StreamCounts.NONE).text());
    }
}
