package io.murmuration.scaling.spark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** Learns how long it takes from asking for an executor until it registers: the median of the last nine. */
final class ProvisioningTimes {
    private static final int SAMPLES = 9;

    private final DescriptiveStatistics seconds = new DescriptiveStatistics(SAMPLES);
    /** When those that are not there yet were asked for, oldest first. */
    private final Deque<Instant> outstanding = new ArrayDeque<>();

    void asked(int executors, Instant at) {
        for (int i = 0; i < executors; i++) {
            outstanding.addLast(at);
        }
    }

    /** So many are no longer asked for: the newest requests go first. */
    void withdrawn(int executors) {
        for (int i = 0; i < executors && !outstanding.isEmpty(); i++) {
            outstanding.removeLast();
        }
    }

    /** One is there: whoever waited longest is served. */
    void given(Instant at) {
        Instant asked = outstanding.pollFirst();
        if (asked != null) {
            // The two clocks are the driver's and the event's; one may be a millisecond behind.
            seconds.addValue(Math.max(0, Duration.between(asked, at).toMillis() / 1e3));
        }
    }

    /** When the one that has been missing longest was asked for. */
    Optional<Instant> oldest() {
        return Optional.ofNullable(outstanding.peekFirst());
    }

    int outstanding() {
        return outstanding.size();
    }

    /** Empty until the first one was given. */
    OptionalDouble seconds() {
        return seconds.getN() == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds.getPercentile(50));
    }
}
