package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;

/**
 * All queued work is done by a moment. With W / c instance-intervals of work, T intervals to go and p of them gone until a
 * new instance works, ⌈W / (c T)⌉ instances do where no more than the a that are there, else a + ⌈(W/c − a T) / (T − p)⌉.
 * Without queued work none are needed; what is left after the moment is another policy's.
 *
 * @param deadline the moment
 */
public record DeadlineTarget(Instant deadline) implements PerformanceTarget {
    @Override
    public String name() {
        return "deadline";
    }

    @Override
    public Needs needs() {
        return Needs.of(
                Metric.QUEUED_WORK, Metric.INSTANCE_CAPACITY, Metric.ACTIVE_INSTANCES, Metric.PROVISIONING_TIME);
    }

    @Override
    public Wish fewest(ResourceMetrics metrics, ScalingContext context) {
        double queue = metrics.require(Metric.QUEUED_WORK);
        double capacity = metrics.require(Metric.INSTANCE_CAPACITY);
        double active = metrics.require(Metric.ACTIVE_INSTANCES);
        if (queue <= 0) {
            return new Wish.Target(0, "nothing is queued");
        }
        Duration left = Duration.between(metrics.timestamp(), deadline);
        if (left.isNegative() || left.isZero()) {
            return new Wish.Abstain("the deadline " + deadline + " has passed, with work for "
                    + Metric.Unit.WORK.text(queue / capacity) + " instance-intervals left");
        }
        String todo = "work for " + Metric.Unit.WORK.text(queue / capacity) + " instance-intervals, "
                + DurationText.of(left) + " to the deadline";
        double intervals = (double) left.toMillis() / context.interval().toMillis();
        double provisioning = metrics.require(Metric.PROVISIONING_TIME)
                * 1e3
                / context.interval().toMillis();
        double missing = queue / capacity - active * intervals;
        if (missing <= 0) {
            return new Wish.Target((int) Math.ceil(queue / (capacity * intervals)), todo);
        }
        return intervals > provisioning
                ? new Wish.Target((int) Math.ceil(active + missing / (intervals - provisioning)), todo)
                : new Wish.Hold(todo + ": new instances would come too late");
    }
}
