package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScaleAction;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.time.Instant;

/**
 * The plain threshold rule: one instance more where utilisation was above an upper threshold for three minutes, one less
 * where it was below 0.3, and nothing for 300 s after a change.
 */
public final class ThresholdPolicy implements ScalingPolicy {
    private static final Needs NEEDS = Needs.of(Metric.UTILISATION, Metric.REQUESTED_INSTANCES);
    private static final double LOWER = 0.3;
    private static final Duration EVALUATION = Duration.ofMinutes(3);
    private static final Duration COOL_DOWN = Duration.ofMinutes(5);

    private final double upper;
    private final int evaluated;
    /** Ticks in a row above the upper threshold, and below the lower one. */
    private int above;

    private int below;
    private Instant quietUntil = Instant.MIN;
    private Wish wish = new Wish.Abstain("nothing was observed yet");

    /** @param upper utilisation above which an instance is added, more than 0.3 */
    public ThresholdPolicy(ScalingContext context, double upper) {
        evaluated = context.intervals(EVALUATION);
        this.upper = upper;
    }

    @Override
    public String name() {
        return "threshold";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        wish = NEEDS.lackedBy(metrics).orElseGet(() -> decide(metrics));
    }

    private Wish decide(ResourceMetrics metrics) {
        double share = metrics.require(Metric.UTILISATION);
        int present = (int) metrics.require(Metric.REQUESTED_INSTANCES);
        above = share > upper ? above + 1 : 0;
        below = share < LOWER ? below + 1 : 0;
        String found = "utilisation is " + Words.number(share);
        if (metrics.timestamp().isBefore(quietUntil)) {
            return new Wish.Hold(found + ", but the last change is less than 300 s old");
        }
        if (above >= evaluated) {
            return new Wish.Target(present + 1, found + ", for 180 s above " + Words.number(upper));
        }
        if (below >= evaluated) {
            return new Wish.Target(Math.max(0, present - 1), found + ", for 180 s below " + Words.number(LOWER));
        }
        return new Wish.Hold(
                found + ", not for 180 s above " + Words.number(upper) + " or below " + Words.number(LOWER));
    }

    @Override
    public Wish wish() {
        return wish;
    }

    @Override
    public void scaled(ScaleAction action) {
        quietUntil = action.at().plus(COOL_DOWN);
    }

    /** What is left of the rest cannot be told any more: it begins anew. */
    @Override
    public void clockSetBack(Instant now) {
        Instant rested = now.plus(COOL_DOWN);
        quietUntil = quietUntil.isAfter(rested) ? rested : quietUntil;
    }
}
