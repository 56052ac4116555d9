package io.murmuration.scaling.policy;

import io.murmuration.scaling.ScalingContext;
import java.time.Duration;

/** The instances that the load alone needed, on average over the last three days or so. */
final class MeanNeed {
    private static final Duration OVER = Duration.ofDays(3);
    /** Of a need in instances that is an integer but for rounding. */
    private static final double ROUNDING = 1e-9;

    private final ScalingContext context;
    private final double over;
    private long ticks;
    private double mean;

    MeanNeed(ScalingContext context) {
        this.context = context;
        over = (double) OVER.toMillis() / context.interval().toMillis();
    }

    /** @param load in what one instance does in an interval */
    void observe(double load) {
        ticks++;
        double need = Math.max(1, context.clip((int) Math.ceil(load - ROUNDING)));
        mean += (need - mean) / Math.min((double) ticks, over);
    }

    /** At least 1 once something was observed. */
    double value() {
        return mean;
    }
}
