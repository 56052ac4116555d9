package io.murmuration.stream;

import io.murmuration.batch.InferenceOptions;
import io.murmuration.batch.TableFormat;
import io.murmuration.stream.delivery.Delivery;
import io.murmuration.stream.source.StreamSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a stream is run.
 *
 * @param source of the observations
 * @param inference how inference is done
 * @param format of the tables that are written
 * @param partitioning of the results
 * @param trigger time from one micro-batch to the next; empty to do all that is there, and stop
 * @param watermark how long rows are held for others that may be earlier, by the time of the latest row; empty where rows
 *     of a micro-batch are put in order, and no more
 * @param keepHeld whether rows that are still held when all that is there has been done stay held
 * @param deliveries where results go besides
 * @param acceptModel whether the stream may go on with other models than those it was begun with
 * @param initial output of an earlier run that agents begin from
 * @param timeToLive how long an idle agent is kept; empty for good
 * @param alertShare of an agent's rows that surprise it less than one that is an alert; empty where there are no alerts
 */
public record StreamOptions(
        StreamSource source,
        InferenceOptions inference,
        TableFormat format,
        Partitioning partitioning,
        Optional<Duration> trigger,
        Optional<Duration> watermark,
        boolean keepHeld,
        List<Delivery> deliveries,
        boolean acceptModel,
        Optional<String> initial,
        Optional<Duration> timeToLive,
        Optional<Double> alertShare) {

    /** Whether rows that are held are inferred when all that is there has been done. */
    boolean flushes() {
        return watermark.isPresent() && trigger.isEmpty() && !keepHeld;
    }

    /** Microseconds for which rows are held; −1 where none are. */
    long holdMicros() {
        return watermark.map(StreamOptions::micros).orElse(-1L);
    }

    /** Microseconds for which an idle agent is kept; −1 where it is kept for good. */
    long timeToLiveMicros() {
        return timeToLive.map(StreamOptions::micros).orElse(-1L);
    }

    private static long micros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
    }
}
