package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
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
    private Wish wish = new Wish.Abstain("nothing was observed yet");

    /**
     * @param multiple of the load
     * @param quantile of the last hour's load, from 0 to 1
     */
    public PeakPolicy(double multiple, double quantile) {
        this.multiple = multiple;
        this.quantile = quantile;
    }

    /**
     * Reads {@code MULTIPLE-QUANTILE}.
     *
     * @throws InvalidSettingException if it is something else
     */
    public static PeakPolicy of(Setting setting) {
        setting.expectSize(2, "MULTIPLE-QUANTILE, as 1.3-0.8");
        return new PeakPolicy(setting.number(0, "multiple", 0.1, 10), setting.number(1, "quantile", 0.01, 1));
    }

    @Override
    public String name() {
        return "peak";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        OptionalDouble arrived = metrics.get(Metric.LOAD);
        OptionalDouble capacity = metrics.get(Metric.INSTANCE_CAPACITY);
        if (arrived.isEmpty() || capacity.isEmpty()) {
            wish = new Wish.Abstain("load or capacity were not measured");
            return;
        }
        double load = arrived.getAsDouble();
        double queue = metrics.get(Metric.QUEUED_WORK, 0);
        keep(loads, load, HOUR);
        double[] hour = loads.stream().mapToDouble(Double::doubleValue).toArray();
        double recent = new Percentile().withEstimationType(EstimationType.R_7).evaluate(hour, 100 * quantile);
        double present = multiple * load + queue / DRAIN;
        int needed = (int) Math.ceil(Math.max(present, recent) / capacity.getAsDouble());
        keep(wishes, needed, HELD);
        int most = wishes.stream().mapToInt(Integer::intValue).max().orElseThrow();
        wish = new Wish.Target(
                most,
                (present >= recent
                                ? Words.number(multiple) + " x load " + Words.number(load) + " + queue "
                                        + Words.number(queue) + " / 4 is " + Words.number(present)
                                : "the " + Words.number(quantile) + " quantile of the last hour is "
                                        + Words.number(recent))
                        + ": " + needed + (most > needed ? ", but " + most + " within 5 intervals" : ""));
    }

    private static <T> void keep(Deque<T> window, T value, int most) {
        window.addLast(value);
        if (window.size() > most) {
            window.removeFirst();
        }
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
