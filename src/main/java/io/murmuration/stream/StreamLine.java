package io.murmuration.stream;

import io.murmuration.summary.DurationWords;
import java.time.Duration;
import java.util.Locale;

/**
 * The line in the log about a micro-batch.
 *
 * @param figures how the stream stands after it
 * @param counts what became of its rows
 */
record StreamLine(StreamFigures figures, StreamCounts counts) {
    private static final double KIB = 1 << 10;
    private static final double MIB = 1 << 20;

    String text() {
        StringBuilder line = new StringBuilder();
        add(
                line,
                "Batch %d: %,d rows came, %,d results, in %.1f s",
                figures.batch(),
                figures.rows(),
                counts.written(),
                figures.seconds());
        if (figures.rows() > 0) {
            if (figures.inputRate() > 0) {
                add(line, " (in %,.0f/s, done %,.0f/s)", figures.inputRate(), figures.processedRate());
            } else {
                add(line, " (done %,.0f/s)", figures.processedRate());
            }
        }
        if (figures.latency().known()) {
            add(
                    line,
                    "; latency p50 %s, p95 %s, p99 %s",
                    DurationWords.seconds(figures.latency().p50()),
                    DurationWords.seconds(figures.latency().p95()),
                    DurationWords.seconds(figures.latency().p99()));
        }
        figures.backlog()
                .count()
                .ifPresent(count ->
                        add(line, "; backlog %,d %s%s", count, figures.backlog().unit(), count == 1 ? "" : "s"));
        add(
                line,
                "; state %,d rows, %s in memory, %s on disk",
                figures.stateRows(),
                bytes(figures.stateMemory()),
                bytes(figures.stateDisk()));
        figures.watermark()
                .ifPresent(watermark -> add(
                        line,
                        "; watermark %s, %s behind",
                        watermark,
                        DurationWords.seconds(
                                figures.behind().orElse(Duration.ZERO).toMillis() / 1e3)));
        addCount(line, counts.late(), "late");
        addCount(line, counts.rejected(), "rejected");
        addCount(line, counts.duplicates(), "duplicates");
        addCount(line, figures.total().held(), "held");
        addCount(line, counts.alerts(), "alerts");
        return line.toString();
    }

    private static void addCount(StringBuilder line, long count, String what) {
        if (count > 0) {
            add(line, "; %,d %s", count, what);
        }
    }

    private static String bytes(long count) {
        return count < MIB
                ? String.format(Locale.ROOT, "%.0f KiB", count / KIB)
                : String.format(Locale.ROOT, "%,.1f MiB", count / MIB);
    }

    private static void add(StringBuilder line, String format, Object... values) {
        line.append(String.format(Locale.ROOT, format, values));
    }
}
