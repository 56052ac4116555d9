package io.murmuration.scaling;

import java.time.Duration;
import java.util.List;

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
    public List<Metric> needs() {
        return List.of(Metric.LOAD, Metric.QUEUED_WORK, Metric.INSTANCE_CAPACITY);
    }

    @Override
    public Wish fewest(ResourceMetrics metrics, ScalingContext context) {
        double load = metrics.get(Metric.LOAD).orElseThrow();
        double queue = metrics.get(Metric.QUEUED_WORK).orElseThrow();
        double capacity = metrics.get(Metric.INSTANCE_CAPACITY).orElseThrow();
        if (!(capacity > 0)) {
            return new Wish.Abstain(Metric.INSTANCE_CAPACITY + " is " + capacity + ", expected more than 0");
        }
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
