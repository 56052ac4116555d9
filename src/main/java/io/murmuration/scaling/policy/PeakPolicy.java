package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * The plain rule to beat: the larger of a multiple of the load with the queue done in four intervals and a quantile of the
 * last hour's load; a wish is held for five intervals.
 */
public final class PeakPolicy implements ScalingPolicy {
    private static final int HOUR = 240;
    private static final int HELD = 5;
    private static final double DRAIN = 4;

    private final double multiple;
    private final double quantile;
    private final Deque<Double> loads = new ArrayDeque<>();
    private final Deque<Integer> wishes = new ArrayDeque<>();

    /**
     * @param multiple of the load
     * @param quantile of the last hour's load, from 0 to 1
     */
    public PeakPolicy(double multiple, double quantile) {
        this.multiple = multiple;
        this.quantile = quantile;
    }

    @Override
    public String name() {
        return "peak";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        double load = metrics.get(Metric.LOAD).orElseThrow();
        double queue = metrics.get(Metric.QUEUED_WORK).orElseThrow();
        keep(loads, load, HOUR);
        double[] hour = loads.stream().mapToDouble(Double::doubleValue).toArray();
        double recent = new Percentile().withEstimationType(EstimationType.R_7).evaluate(hour, 100 * quantile);
        double work = Math.max(multiple * load + queue / DRAIN, recent);
        keep(
                wishes,
                (int) Math.ceil(work / metrics.get(Metric.INSTANCE_CAPACITY).orElseThrow()),
                HELD);
    }

    private static <T> void keep(Deque<T> window, T value, int most) {
        window.addLast(value);
        if (window.size() > most) {
            window.removeFirst();
        }
    }

    @Override
    public Wish wish() {
        return wishes.isEmpty()
                ? new Wish.Abstain("nothing was observed yet")
                : new Wish.Target(
                        wishes.stream().mapToInt(Integer::intValue).max().orElseThrow(), "peak");
    }
}
