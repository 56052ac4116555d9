package io.murmuration.scaling;

import java.time.Duration;

/**
 * How much the number may change one way within a period, counted from the number at the period's beginning: the larger
 * of an absolute number and a share. (Kubernetes: up by 4 or 100 % in 15 s.)
 *
 * @param direction which way
 * @param instances instances, from 0
 * @param share of the instances at the beginning, from 0
 * @param period the period, which ends now
 */
public record StepLimit(Direction direction, int instances, double share, Duration period) {
    /** Which way a number changes. */
    public enum Direction {
        UP,
        DOWN
    }

    public StepLimit {
        if (instances < 0 || !(share >= 0) || (instances == 0 && share == 0)) {
            throw new IllegalArgumentException("a step limit of " + instances + " instances or "
                    + Metric.Unit.PERCENT.text(100 * share) + " lets nothing change, expected one of them over 0");
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(
                    "the period of a step limit is " + DurationText.of(period) + ", expected more than 0 s");
        }
    }

    /** Most instances that a period may change which began with so many. */
    int most(int beginning) {
        return Math.max(instances, (int) Math.floor(share * beginning));
    }

    String text() {
        return "at most " + instances + " instances or " + Metric.Unit.PERCENT.text(100 * share) + " "
                + (direction == Direction.UP ? "more" : "fewer") + " within " + DurationText.of(period);
    }
}
