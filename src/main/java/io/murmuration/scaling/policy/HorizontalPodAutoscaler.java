package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The Kubernetes horizontal pod autoscaler with its default behaviour (autoscaling/v2, {@code replica_calculator.go} and
 * {@code horizontal.go}):
 *
 * <ul>
 *   <li>{@code ⌈usage / target⌉} instances, usage counted in instances; within a tolerance of 10 % of the target the present
 *       number stays;
 *   <li>instances that are asked for and not ready use nothing: they are left out where the rest use too little, and counted
 *       where they use too much; a correction that would turn the direction round is none;
 *   <li>fewer instances only down to the most that was recommended in the last 300 s;
 *   <li>more instances by at most 100 % or 4 in 15 s, whichever is more.
 * </ul>
 */
public final class HorizontalPodAutoscaler implements ScalingPolicy {
    private static final double TOLERANCE = 0.1;
    private static final Duration STABILISATION = Duration.ofMinutes(5);
    private static final Duration LIMIT_PERIOD = Duration.ofSeconds(15);
    private static final int LIMIT_FACTOR = 2;
    private static final int LIMIT_ADDED = 4;

    private final String name;
    private final double target;
    private final Usage usage;
    private final Recent recommendations = new Recent(STABILISATION);
    /** Instances asked for, so far back that all that was added since is within the period of the limit. */
    private final Recent requests = new Recent(LIMIT_PERIOD.minusNanos(1));

    private Wish wish = new Wish.Abstain("nothing was observed yet");

    /** How many instances would be kept busy, fully, by what the present ones do. */
    private interface Usage {
        OptionalDouble of(ResourceMetrics metrics);
    }

    private HorizontalPodAutoscaler(String name, double target, Usage usage) {
        this.name = name;
        this.target = target;
        this.usage = usage;
    }

    /**
     * Scales on utilisation, as on a pod's CPU: it says nothing of work that waits, and no more than 100 %.
     *
     * @param target share of an instance, from 0 to 1
     */
    public static HorizontalPodAutoscaler onUtilisation(double target) {
        return new HorizontalPodAutoscaler(
                "hpa-cpu", target, metrics -> product(metrics, Metric.UTILISATION, Metric.ACTIVE_INSTANCES));
    }

    /**
     * Scales on the load that arrives, over the capacity of an instance, as on requests a second and pod.
     *
     * @param target share of an instance, from 0 to 1
     */
    public static HorizontalPodAutoscaler onLoad(double target) {
        return new HorizontalPodAutoscaler("hpa-load", target, metrics -> {
            OptionalDouble load = metrics.get(Metric.LOAD);
            OptionalDouble capacity = metrics.get(Metric.INSTANCE_CAPACITY);
            return load.isPresent() && capacity.isPresent()
                    ? OptionalDouble.of(load.getAsDouble() / capacity.getAsDouble())
                    : OptionalDouble.empty();
        });
    }

    private static OptionalDouble product(ResourceMetrics metrics, Metric a, Metric b) {
        return metrics.get(a).isPresent() && metrics.get(b).isPresent()
                ? OptionalDouble.of(
                        metrics.get(a).getAsDouble() * metrics.get(b).getAsDouble())
                : OptionalDouble.empty();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        OptionalDouble used = usage.of(metrics);
        OptionalDouble active = metrics.get(Metric.ACTIVE_INSTANCES);
        if (used.isEmpty() || active.isEmpty() || active.getAsDouble() < 1) {
            wish = new Wish.Abstain("usage or instances were not measured");
            return;
        }
        int ready = (int) active.getAsDouble();
        int requested = (int) metrics.get(Metric.REQUESTED_INSTANCES, ready);
        int recommended = recommend(used.getAsDouble(), ready, Math.max(ready, requested), requested);
        recommendations.add(metrics.timestamp(), recommended);
        requests.add(metrics.timestamp(), requested);
        int most = (int) recommendations.values().max().orElseThrow();
        // The window holds back what goes down, and does not raise what it holds.
        int stabilised = recommended < requested ? Math.min(most, requested) : recommended;
        int limit = Math.max(LIMIT_FACTOR * (int) requests.first(), (int) requests.first() + LIMIT_ADDED);
        int instances = Math.min(stabilised, limit);
        wish = new Wish.Target(
                instances,
                "usage " + Words.number(used.getAsDouble()) + " of " + ready + " ready instances at a target of "
                        + Words.number(target) + " each: " + recommended
                        + (stabilised > recommended ? ", but " + stabilised + " by the most of the last 300 s" : "")
                        + (limit < stabilised ? ", but " + limit + " at most in 15 s" : ""));
    }

    /**
     * The raw recommendation.
     *
     * @param all ready instances and those on their way
     * @param present what there is if nothing is to change
     */
    private int recommend(double used, int ready, int all, int present) {
        double ratio = used / (ready * target);
        if (ratio <= 1 || all == ready) {
            return isTolerated(ratio) ? present : (int) Math.ceil(used / target);
        }
        double ratioOfAll = used / (all * target);
        return ratioOfAll < 1 || isTolerated(ratioOfAll) ? present : (int) Math.ceil(used / target);
    }

    private static boolean isTolerated(double ratio) {
        return Math.abs(1 - ratio) <= TOLERANCE;
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
