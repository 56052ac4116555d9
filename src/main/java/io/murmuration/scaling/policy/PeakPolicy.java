package io.murmuration.scaling.policy;

import io.murmuration.forecast.SlidingQuantiles;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The plain rule to beat: the larger of a multiple of the load with the queue done in four intervals and a quantile of the
 * last hour's load; a wish is held for five intervals.
 */
public final class PeakPolicy implements ScalingPolicy {
    private static final Needs NEEDS = Needs.of(Metric.LOAD, Metric.INSTANCE_CAPACITY);
    private static final int HELD = 5;
    private static final double DRAIN = 4;

    private final double multiple;
    private final double quantile;
    private final SlidingQuantiles hour;
    private final Deque<Integer> wishes = new ArrayDeque<>();
    private Wish wish = new Wish.Abstain("nothing was observed yet");

    /**
     * @param multiple of the load
     * @param quantile of the last hour's load, from 0 to 1
     */
    public PeakPolicy(ScalingContext context, double multiple, double quantile) {
        this.multiple = multiple;
        this.quantile = quantile;
        hour = SlidingQuantiles.of(context.intervals(Duration.ofHours(1)));
    }

    /**
     * Reads {@code MULTIPLE-QUANTILE}.
     *
     * @throws InvalidSettingException if it is something else
     */
    public static PeakPolicy of(ScalingContext context, Setting setting) {
        setting.expectSize(2, "MULTIPLE-QUANTILE, as 1.3-0.8");
        return new PeakPolicy(context, setting.number(0, "multiple", 0.1, 10), setting.number(1, "quantile", 0.01, 1));
    }

    @Override
    public String name() {
        return "peak";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        wish = NEEDS.lackedBy(metrics).orElseGet(() -> decide(metrics));
    }

    private Wish decide(ResourceMetrics metrics) {
        double load = metrics.require(Metric.LOAD);
        double queue = metrics.get(Metric.QUEUED_WORK, 0);
        hour.add(load);
        double recent = hour.quantile(quantile).orElseThrow();
        double present = multiple * load + queue / DRAIN;
        int needed = (int) Math.ceil(Math.max(present, recent) / metrics.require(Metric.INSTANCE_CAPACITY));
        wishes.addLast(needed);
        if (wishes.size() > HELD) {
            wishes.removeFirst();
        }
        int most = wishes.stream().mapToInt(Integer::intValue).max().orElseThrow();
        return new Wish.Target(
                most,
                (present >= recent
                                ? Words.number(multiple) + " x load " + Words.number(load) + " + queue "
                                        + Words.number(queue) + " / 4 is " + Words.number(present)
                                : "the " + Words.number(quantile) + " quantile of the last hour is "
                                        + Words.number(recent))
                        + ": " + needed + (most > needed ? ", but " + most + " within 5 intervals" : ""));
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
