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
 * Flink's autoscaler with its defaults ({@code JobVertexScaler}, {@code ScalingMetricEvaluator}) for one operator that
 * restarts at no cost. Its law is that of DS2 (Kalavri et al., OSDI 2018): the true processing rate is what an instance does
 * while it is busy, and instances follow from the input, averaged over 15 minutes, and the lag:
 *
 * <pre>
 *   instances = ⌈(input / target utilisation + lag / 30 min) / true processing rate⌉
 * </pre>
 *
 * <p>Nothing changes while the capacity is right for a utilisation within 0.3 of the target, nor before 5 minutes to settle
 * and a full window have passed since the last change. Fewer instances come after an hour in which fewer were found
 * throughout; then it is the most that was found, and no less than 0.4 of the present number.
 */
public final class TrueProcessingRatePolicy implements ScalingPolicy {
    private static final Needs NEEDS = Needs.of(Metric.LOAD, Metric.INSTANCE_CAPACITY, Metric.ACTIVE_INSTANCES);
    private static final double BAND = 0.3;
    private static final double LEAST_SHARE_LEFT = 0.4;
    private static final Duration STABILISATION = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration CATCH_UP = Duration.ofMinutes(30);
    private static final Duration DOWN_DELAY = Duration.ofHours(1);

    private final double target;
    /** Intervals in which the lag is to be gone. */
    private final double catchUp;

    private final Recent inputs = new Recent(WINDOW);
    /** What was found in the last hour while it was fewer than there are. */
    private final Recent fewer = new Recent(DOWN_DELAY);

    private Instant stableFrom = Instant.MIN;
    private Wish wish = new Wish.Abstain("nothing was observed yet");

    /** @param target utilisation, more than 0.3 */
    public TrueProcessingRatePolicy(ScalingContext context, double target) {
        this.target = target;
        catchUp = (double) CATCH_UP.toMillis() / context.interval().toMillis();
    }

    @Override
    public String name() {
        return "flink";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        wish = NEEDS.lackedBy(metrics).orElseGet(() -> decide(metrics));
    }

    private Wish decide(ResourceMetrics metrics) {
        if (metrics.timestamp().isBefore(stableFrom)) {
            return new Wish.Hold("the last change is less than 5 minutes old");
        }
        inputs.add(metrics.timestamp(), metrics.require(Metric.LOAD));
        return inputs.isFull()
                ? decide(
                        metrics,
                        (int) metrics.require(Metric.ACTIVE_INSTANCES),
                        metrics.require(Metric.INSTANCE_CAPACITY))
                : new Wish.Hold("observed for less than 15 minutes since the last change");
    }

    private Wish decide(ResourceMetrics metrics, int present, double rate) {
        double input = inputs.values().average().orElseThrow();
        double lag = metrics.get(Metric.QUEUED_WORK, 0);
        double wanted = (input / target + lag / catchUp) / rate;
        int needed = (int) Math.ceil(Math.max(present * LEAST_SHARE_LEFT, wanted));
        String found = "input " + Words.number(input) + " / " + Words.number(target) + " + lag " + Words.number(lag)
                + " in 30 minutes at " + Words.number(rate) + " an instance: " + needed;
        if (needed < present) {
            fewer.add(metrics.timestamp(), needed);
        } else {
            fewer.clear();
        }
        if (isWithinBand(present * rate, input, lag / catchUp)) {
            return new Wish.Hold(found + ", but utilisation is within 0.3 of the target");
        }
        if (needed >= present) {
            return new Wish.Target(needed, found);
        }
        if (!fewer.isFull()) {
            return new Wish.Hold(found + ", fewer than now, but not for an hour");
        }
        int most = (int) fewer.values().max().orElseThrow();
        return new Wish.Target(most, found + ", fewer than now for an hour, " + most + " at most");
    }

    private boolean isWithinBand(double capacity, double input, double catchUpRate) {
        double least = input / Math.min(1, target + BAND) + catchUpRate;
        double most = input / (target - BAND) + catchUpRate;
        return capacity >= least && capacity <= most;
    }

    @Override
    public Wish wish() {
        return wish;
    }

    @Override
    public void scaled(ScaleAction action) {
        stableFrom = action.at().plus(STABILISATION);
        inputs.clear();
        fewer.clear();
    }

    /** What is left of the time to settle cannot be told any more: it begins anew, as the windows do. */
    @Override
    public void clockSetBack(Instant now) {
        Instant settled = now.plus(STABILISATION);
        stableFrom = stableFrom.isAfter(settled) ? settled : stableFrom;
        inputs.clear();
        fewer.clear();
    }
}
