package io.murmuration.stream;

import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.streaming.TimerValues;

/** The time before which no more rows are expected, in microseconds since the epoch. */
final class Watermark {
    private Watermark() {}

    /** Spark's; it is 0 until there is one, which then is no time at all: rows may be older than the epoch. */
    static long micros(TimerValues timers) {
        long millis = timers.getCurrentWatermarkInMs();
        return millis <= 0 ? Long.MIN_VALUE : TimeUnit.MILLISECONDS.toMicros(millis);
    }

    /** When a timer has to go off for the watermark to have passed a time; Spark's timers are of times after the epoch. */
    static long timer(long micros) {
        return Math.max(1, Math.floorDiv(micros, 1000L) + 1);
    }
}
