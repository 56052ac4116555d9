package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

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
    private final Needs needs;
    /** How many instances would be kept busy, fully, by what the present ones do. */
    private final ToDoubleFunction<ResourceMetrics> usage;

    private final Recent recommendations = new Recent(STABILISATION);
    /** Instances asked for, so far back that all that was added since is within the period of the limit. */
    private final Recent requests = new Recent(LIMIT_PERIOD.minusNanos(1));

    private Wish wish = new Wish.Abstain("nothing was observed yet");

    private HorizontalPodAutoscaler(String name, double target, Needs needs, ToDoubleFunction<ResourceMetrics> usage) {
        this.name = name;
        this.target = target;
        this.needs = needs;
        this.usage = usage;
    }

    /**
     * Scales on utilisation, as on a pod's CPU: it says nothing of work that waits, and no more than 100 %.
     *
     * @param target share of an instance, from 0 to 1
     */
    public static HorizontalPodAutoscaler onUtilisation(double target) {
        return new HorizontalPodAutoscaler(
                "hpa-cpu",
                target,
                Needs.of(Metric.UTILISATION, Metric.ACTIVE_INSTANCES),
                metrics -> metrics.require(Metric.UTILISATION) * metrics.require(Metric.ACTIVE_INSTANCES));
    }

    /**
     * Scales on the load that arrives, over the capacity of an instance, as on requests a second and pod.
     *
     * @param target share of an instance, from 0 to 1
     */
    public static HorizontalPodAutoscaler onLoad(double target) {
        return new HorizontalPodAutoscaler(
                "hpa-load",
                target,
                Needs.of(Metric.LOAD, Metric.INSTANCE_CAPACITY, Metric.ACTIVE_INSTANCES),
                metrics -> metrics.require(Metric.LOAD) / metrics.require(Metric.INSTANCE_CAPACITY));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        wish = needs.lackedBy(metrics).orElseGet(() -> decide(metrics));
    }

    private Wish decide(ResourceMetrics metrics) {
        double used = usage.applyAsDouble(metrics);
        int ready = (int) metrics.require(Metric.ACTIVE_INSTANCES);
        if (ready < 1) {
            return new Wish.Abstain("no instance is ready whose usage could be measured");
        }
        int requested = (int) metrics.get(Metric.REQUESTED_INSTANCES, ready);
        int recommended = recommend(used, ready, Math.max(ready, requested), requested);
        recommendations.add(metrics.timestamp(), recommended);
        requests.add(metrics.timestamp(), requested);
        int most = (int) recommendations.values().max().orElseThrow();
        // The window holds back what goes down, and does not raise what it holds.
        int stabilised = recommended < requested ? Math.min(most, requested) : recommended;
        int limit = Math.max(LIMIT_FACTOR * (int) requests.first(), (int) requests.first() + LIMIT_ADDED);
        int instances = Math.min(stabilised, limit);
        return new Wish.Target(
                instances,
                "usage " + Words.number(used) + " of " + ready + " ready instances at a target of "
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

    /** The windows hold back for as long as if all in them was new: no number falls because a clock did. */
    @Override
    public void clockSetBack(Instant now) {
        recommendations.date(now);
        requests.date(now);
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
