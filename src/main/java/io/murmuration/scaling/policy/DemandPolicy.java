package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * As many instances as the tasks at hand can use and as pay. With P tasks that wait, R that run, s slots an instance, W
 * slot-seconds of work left, a provisioning time p and a drain target T that is never less than p:
 *
 * <pre>
 *   usable = ⌈(P + R) / s⌉
 *   coming = max(0, requested − ready)
 *   left   = W − s · (ready · (T + p) + coming · T)           what those at hand leave undone by now + p + T
 *   wish   = ready + coming + ⌈left / (s · T)⌉, at most usable          where usable > requested
 * </pre>
 *
 * An instance that would work for less time than it takes to start is not asked for, since T ≥ p. What tasks cannot use is
 * given back at once while tasks run, unless all of them should have ended by the next tick, as at the end of each stage;
 * what no task at all uses is kept for a while, since the next stage or batch may be about to start.
 */
public final class DemandPolicy implements ScalingPolicy {
    private static final Needs NEEDS = Needs.of(
            Metric.ACTIVE_INSTANCES,
            Metric.PENDING_TASKS,
            Metric.RUNNING_TASKS,
            Metric.SLOTS_PER_INSTANCE,
            Metric.PROVISIONING_TIME);
    /** Rounding must not ask for one instance more. */
    private static final double EPSILON = 1e-9;

    private final double intervalSeconds;
    private final double drainSeconds;
    private final double idleSeconds;
    private ResourceMetrics last;
    private Instant idleSince;
    private double idleFor;

    private DemandPolicy(double intervalSeconds, double drainSeconds, double idleSeconds) {
        this.intervalSeconds = intervalSeconds;
        this.drainSeconds = drainSeconds;
        this.idleSeconds = idleSeconds;
    }

    /**
     * A policy that wants work done within the context's delay target.
     *
     * @param idle how long instances are kept while no task runs or waits; at least for the provisioning time
     */
    public static DemandPolicy of(ScalingContext context, Duration idle) {
        return new DemandPolicy(seconds(context.interval()), seconds(context.delayTarget()), seconds(idle));
    }

    @Override
    public String name() {
        return "demand";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        last = metrics;
        boolean idle = metrics.get(Metric.PENDING_TASKS, 1) + metrics.get(Metric.RUNNING_TASKS, 1) == 0;
        if (!idle) {
            idleSince = null;
        } else if (idleSince == null) {
            idleSince = metrics.timestamp();
        }
        idleFor = idle ? seconds(Duration.between(idleSince, metrics.timestamp())) : 0;
    }

    @Override
    public void clockSetBack(Instant now) {
        idleSince = null;
    }

    @Override
    public Wish wish() {
        if (last == null) {
            return new Wish.Abstain("nothing was observed yet");
        }
        return NEEDS.lackedBy(last).orElseGet(() -> wish(Demand.of(last)));
    }

    private Wish wish(Demand demand) {
        if (demand.tasks() == 0) {
            return whereNothingRuns(demand);
        }
        if (demand.usable() < demand.requested()) {
            return aboutToEnd()
                    ? new Wish.Hold(demand.inWords() + ", but the tasks that run should end within "
                            + seconds(last.get(Metric.REMAINING_TASK_TIME, 0)) + ", and more may follow")
                    : new Wish.Target(demand.usable(), demand.inWords(), demand.figures());
        }
        if (demand.usable() == demand.requested()) {
            return new Wish.Target(demand.usable(), demand.inWords(), demand.figures());
        }
        return whatPays(demand);
    }

    private Wish whereNothingRuns(Demand demand) {
        double patience = Math.max(idleSeconds, demand.provisioning());
        return idleFor < patience
                ? new Wish.Hold("no task runs or waits since " + seconds(idleFor) + "; executors are kept for "
                        + seconds(patience) + " in case that more follow")
                : new Wish.Target(0, "no task runs or waits since " + seconds(idleFor));
    }

    private boolean aboutToEnd() {
        return last.get(Metric.OVERDUE_TASKS, 1) == 0
                && last.get(Metric.REMAINING_TASK_TIME).isPresent()
                && last.get(Metric.REMAINING_TASK_TIME, 0) <= intervalSeconds;
    }

    private Wish whatPays(Demand demand) {
        if (last.get(Metric.QUEUED_WORK).isEmpty()) {
            return new Wish.Target(
                    Math.max(1, Math.min(demand.usable(), demand.atHand())),
                    demand.inWords() + ", but how long a task takes is not known yet",
                    demand.figures());
        }
        double work = last.get(Metric.QUEUED_WORK, 0);
        double drain = Math.max(drainSeconds, demand.provisioning());
        int coming = demand.atHand() - demand.ready();
        double doneInTime = demand.slots() * (demand.ready() * (drain + demand.provisioning()) + coming * drain);
        int more = (int) Math.max(0, Math.ceil((work - doneInTime) / (demand.slots() * drain) - EPSILON));
        int wished = Math.max(1, Math.min(demand.usable(), demand.atHand() + more));
        return new Wish.Target(
                wished,
                demand.inWords() + "; " + number(work) + " slot-seconds are left, and another executor pays from "
                        + seconds(drain) + " of work on, at " + seconds(demand.provisioning()) + " to start one",
                demand.figures());
    }

    /** What the tasks at hand ask for, next to what there is. */
    private record Demand(
            String stage, int pending, int running, double slots, int ready, int requested, double provisioning) {
        static Demand of(ResourceMetrics metrics) {
            double ready = metrics.require(Metric.ACTIVE_INSTANCES);
            return new Demand(
                    metrics.labels().getOrDefault(ResourceMetrics.STAGE, ""),
                    (int) metrics.require(Metric.PENDING_TASKS),
                    (int) metrics.require(Metric.RUNNING_TASKS),
                    metrics.require(Metric.SLOTS_PER_INSTANCE),
                    (int) ready,
                    (int) metrics.get(Metric.REQUESTED_INSTANCES, ready),
                    metrics.require(Metric.PROVISIONING_TIME));
        }

        int tasks() {
            return pending + running;
        }

        int usable() {
            return (int) Math.ceil(tasks() / slots - EPSILON);
        }

        /** Those ready and those on their way. */
        int atHand() {
            return Math.max(ready, requested);
        }

        String inWords() {
            return (stage.isEmpty() ? "" : stage + ": ") + running
                    + (running == 1 ? " task runs and " : " tasks run and ")
                    + pending + (pending == 1 ? " waits" : " wait") + ", which can use " + executors(usable()) + " of "
                    + number(slots) + (slots == 1 ? " slot" : " slots") + "; " + requested
                    + (requested == 1 ? " is asked for" : " are asked for");
        }

        Map<String, Double> figures() {
            return Map.of("usable", (double) usable(), "provisioning_seconds", provisioning);
        }
    }

    private static String executors(int count) {
        return count + (count == 1 ? " executor" : " executors");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String seconds(double value) {
        return number(value) + " s";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(Math.round(value * 10) / 10.0);
    }
}
