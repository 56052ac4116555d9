package io.murmuration.scaling;

import java.time.Duration;

/**
 * What a policy is set up for.
 *
 * @param interval from one tick to the next
 * @param minInstances fewest instances, at least 0
 * @param maxInstances most instances
 * @param delayTarget how long work may wait in the queue
 */
public record ScalingContext(Duration interval, int minInstances, int maxInstances, Duration delayTarget) {
    public ScalingContext {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval is " + interval + ", expected more than 0");
        }
        if (minInstances < 0 || maxInstances < minInstances) {
            throw new IllegalArgumentException("the bounds cross: at least " + minInstances + " instances, at most "
                    + maxInstances + ", expected 0 <= min <= max");
        }
    }

    /** A duration in intervals, rounded up. */
    public int intervals(Duration duration) {
        return intervals(duration.toMillis() / 1000.0);
    }

    /** Seconds in intervals, rounded up. */
    public int intervals(double seconds) {
        return (int) Math.ceil(1000 * seconds / interval.toMillis());
    }

    public int clip(int instances) {
        return Math.max(minInstances, Math.min(maxInstances, instances));
    }
}
