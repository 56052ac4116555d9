package io.murmuration.stream;

import io.murmuration.stream.source.Backlog;
import io.murmuration.summary.Latency;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * How a stream stands after a micro-batch, in figures.
 *
 * @param batch which micro-batch
 * @param rows that came in with it
 * @param seconds that it took, all in all
 * @param inputRate rows a second that came in since the one before; NaN where there was none
 * @param latency from the arrival of a row to its result
 * @param backlog what has come, but was not taken yet
 * @param stateRows entries of the state
 * @param stateMemory bytes of memory that the state store takes
 * @param stateDisk bytes of the state on local disks
 * @param watermark before which nothing is waited for; empty where rows are not held, or none has come
 * @param at when this was so
 * @param total what became of all rows since the stream was begun
 */
record StreamFigures(
        long batch,
        long rows,
        double seconds,
        double inputRate,
        Latency latency,
        Backlog backlog,
        long stateRows,
        long stateMemory,
        long stateDisk,
        Optional<Instant> watermark,
        Instant at,
        StreamCounts total) {
    private static final String WATERMARK = "watermark";
    private static final double MILLIS = 1e-3;

    /** @param progress as Spark tells it */
    static StreamFigures of(StreamingQueryProgress progress, StreamWatch.Placed placed, Backlog backlog) {
        StateOperatorProgress[] state = progress.stateOperators();
        long rows = 0;
        long memory = 0;
        long disk = 0;
        for (StateOperatorProgress operator : state) {
            rows += operator.numRowsTotal();
            memory += operator.memoryUsedBytes();
            disk += operator.customMetrics().getOrDefault("rocksdbSstFileSize", 0L);
        }
        return new StreamFigures(
                progress.batchId(),
                placed.counts().read(),
                progress.durationMs().getOrDefault("triggerExecution", 0L) * MILLIS,
                progress.inputRowsPerSecond(),
                placed.latency(),
                backlog,
                rows,
                memory,
                disk,
                watermark(progress.eventTime()),
                placed.at(),
                placed.total());
    }

    private static Optional<Instant> watermark(Map<String, String> eventTime) {
        return Optional.ofNullable(eventTime.get(WATERMARK))
                .map(Instant::parse)
                .filter(instant -> instant.isAfter(Instant.EPOCH));
    }

    /** Rows a second of work. */
    double processedRate() {
        return seconds > 0 ? rows / seconds : 0;
    }

    /** How far the watermark is behind the clock. */
    Optional<Duration> behind() {
        return watermark.map(instant -> Duration.between(instant, at));
    }
}
