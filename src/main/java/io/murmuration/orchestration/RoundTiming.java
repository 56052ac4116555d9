package io.murmuration.orchestration;

import java.time.Duration;

/**
 * When tasks are assigned. A round is due once something changed that allows of more assignments, and either that is as long ago
 * as the age, or as many tasks were queued since the last round as the size.
 *
 * @param age at least 0; at 0 a round is held at once
 * @param size at least 1
 */
public record RoundTiming(Duration age, int size) {
    /** At every change. */
    public static final RoundTiming IMMEDIATE = new RoundTiming(Duration.ZERO, 1);

    /** @throws IllegalArgumentException if age or size are out of range */
    public RoundTiming {
        if (age.isNegative() || size < 1) {
            throw new IllegalArgumentException("rounds are held at an age of " + age + " and a size of " + size
                    + ", expected at least 0 and at least 1");
        }
    }
}
