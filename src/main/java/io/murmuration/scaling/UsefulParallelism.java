package io.murmuration.scaling;

import java.util.OptionalDouble;

/**
 * Keeps no more instances than there are tasks to fill their slots. Where a task count is not measured it says nothing,
 * and neither where there are no tasks at all: between two stages that is no sign of idleness, which is the policies'
 * matter.
 */
final class UsefulParallelism implements Stage {
    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        OptionalDouble running = tick.metrics().get(Metric.RUNNING_TASKS);
        OptionalDouble pending = tick.metrics().get(Metric.PENDING_TASKS);
        OptionalDouble slots = tick.metrics().get(Metric.SLOTS_PER_INSTANCE);
        if (running.isEmpty() || pending.isEmpty() || slots.isEmpty()) {
            return proposal;
        }
        double tasks = running.getAsDouble() + pending.getAsDouble();
        if (!(tasks > 0 && slots.getAsDouble() > 0)) {
            return proposal;
        }
        int most = (int) Math.ceil(tasks / slots.getAsDouble());
        String stage = tick.metrics().labels().getOrDefault(ResourceMetrics.STAGE, "");
        return proposal.atMost(
                most,
                "more than " + most + " instances have nothing to do: " + Metric.Unit.COUNT.text(tasks) + " tasks"
                        + (stage.isEmpty() ? "" : " (" + stage + ")") + ", "
                        + Metric.Unit.COUNT.text(slots.getAsDouble()) + " slots an instance");
    }
}
