package io.murmuration.scaling;

import java.time.Duration;

/**
 * The queue is done within a time, beside the work that goes on arriving: n = ⌈(load + queue · interval / time) /
 * capacity⌉. (The catch-up term of Flink's autoscaler.)
 *
 * @param within the time, at least one interval to count
 */
public record BacklogTarget(Duration within) implements PerformanceTarget {
    public BacklogTarget {
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException(
                    "a backlog done within " + DurationText.of(within) + ", expected more than 0 s");
        }
    }

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public Needs needs() {
        return Needs.of(Metric.LOAD, Metric.QUEUED_WORK, Metric.INSTANCE_CAPACITY);
    }

    @Override
    public Wish fewest(ResourceMetrics metrics, ScalingContext context) {
        double load = metrics.require(Metric.LOAD);
        double queue = metrics.require(Metric.QUEUED_WORK);
        double capacity = metrics.require(Metric.INSTANCE_CAPACITY);
        double intervals =
                Math.max(1, (double) within.toMillis() / context.interval().toMillis());
        return new Wish.Target(
                (int) Math.ceil((load + queue / intervals) / capacity),
                "a load of " + text(load) + " and a queue of " + text(queue) + " to be done within "
                        + DurationText.of(within) + ", " + text(capacity) + " an instance and interval");
    }

    private static String text(double work) {
        return Metric.Unit.WORK.text(work);
    }
}
