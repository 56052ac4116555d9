package io.murmuration.stream;

import io.murmuration.batch.CallerException;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;

/** Says why a stream failed: a caller's mistake in one sentence, all else with its causes. */
final class StreamFailure {
    /** What Spark says when its books of a micro-batch were written by somebody else. */
    private static final Set<String> TWO_AT_ONCE = Set.of("CONCURRENT_STREAM_LOG_UPDATE", "_LEGACY_ERROR_TEMP_2207");

    private StreamFailure() {}

    /** @param checkpoint of the stream, for people */
    static RuntimeException of(Exception failure, String checkpoint) {
        boolean concurrent = Stream.iterate((Throwable) failure, e -> e != null, Throwable::getCause)
                .anyMatch(e -> e instanceof SparkThrowable told
                        && told.getCondition() != null
                        && TWO_AT_ONCE.contains(told.getCondition()));
        return concurrent
                ? new CallerException("Another process runs the stream of the checkpoint " + checkpoint
                        + " (--checkpoint): end one of the two")
                : new IllegalStateException("The stream failed: " + failure.getMessage(), failure);
    }
}
