package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.util.Arrays;

/**
 * Spark's dynamic allocation ({@code ExecutorAllocationManager}) with its defaults, for executors of four slots and tasks that
 * take an interval: as many executors as have slots for all tasks that run or wait, asked for in rounds of 1, 2, 4, 8 … a
 * second while tasks wait, and an executor is let go when it had no task for the idle timeout.
 *
 * <p>Spark deals tasks out to slots at random, so that even a half-loaded cluster keeps nearly every executor busy. The
 * policy has no chance in it: of executors that have been idle so long it takes the expected number. With n tasks on the
 * slots of e executors, one gets none with the probability {@code ∏ᵢ (4e − n − i) / (4e − i), i = 0 … 3}.
 */
public final class DynamicAllocationPolicy implements ScalingPolicy {
    private static final Needs NEEDS = Needs.of(Metric.INSTANCE_CAPACITY, Metric.ACTIVE_INSTANCES, Metric.UTILISATION);
    private static final int SLOTS = 4;

    /** Expected executors that have been idle for 1, 2, … intervals, less than the timeout. */
    private final double[] idle;

    /** Expected executors that have been idle for the timeout. */
    private double due;

    private Wish wish = new Wish.Abstain("nothing was observed yet");

    /** @param idleSeconds how long an executor without a task stays, {@code executorIdleTimeout} */
    public DynamicAllocationPolicy(ScalingContext context, double idleSeconds) {
        idle = new double[context.intervals(Duration.ofMillis(Math.round(1000 * idleSeconds))) - 1];
    }

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        wish = NEEDS.lackedBy(metrics).orElseGet(() -> decide(metrics));
    }

    private Wish decide(ResourceMetrics metrics) {
        int executors = (int) metrics.require(Metric.ACTIVE_INSTANCES);
        double running = Math.ceil(SLOTS * executors * metrics.require(Metric.UTILISATION));
        double waiting =
                Math.ceil(SLOTS * metrics.get(Metric.QUEUED_WORK, 0) / metrics.require(Metric.INSTANCE_CAPACITY));
        int needed = (int) Math.ceil((running + waiting) / SLOTS);
        int timedOut = due(executors, running);
        int instances = Math.max(needed, executors - timedOut);
        due -= Math.max(0, executors - instances);
        return new Wish.Target(
                instances,
                Words.number(running) + " tasks run and " + Words.number(waiting) + " wait on " + executors
                        + " executors of 4 slots: " + needed + " needed, " + timedOut + " idle for too long");
    }

    /** One interval on: executors that are due after an interval with so many tasks. */
    private int due(int executors, double tasks) {
        double without = shareWithout(executors, tasks);
        double reached = Math.max(0, executors - due - Arrays.stream(idle).sum()) * without;
        for (int age = 0; age < idle.length; age++) {
            double before = idle[age];
            idle[age] = reached;
            reached = before * without;
        }
        // A fraction of an executor that is due stays due: it is the chance that one has gone already.
        due = Math.min(executors, due + reached);
        return (int) due;
    }

    /** The probability that an executor gets none of the tasks. */
    private static double shareWithout(int executors, double tasks) {
        if (executors == 0) {
            return 0;
        }
        double slots = (double) SLOTS * executors;
        double share = 1;
        for (int i = 0; i < SLOTS; i++) {
            share *= Math.max(0, slots - tasks - i) / (slots - i);
        }
        return share;
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
