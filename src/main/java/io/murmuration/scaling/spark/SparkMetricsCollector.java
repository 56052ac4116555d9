package io.murmuration.scaling.spark;

import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.spark.TaskLedger.Flow;
import io.murmuration.scaling.spark.TaskLedger.StageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Measures a Spark application at a tick. Work is counted in slot-seconds, what a task takes of one slot. What is there
 * (stages, tasks, executors) is read anew each time; what has happened (tasks that ended) comes from events, of which Spark
 * may drop some, so that a drop makes one tick's sums a little small and no count wrong for good.
 */
final class SparkMetricsCollector {
    private final Supplier<List<StageProgress>> activeStages;
    private final SparkExecutorController controller;
    private final TaskLedger tasks;
    private final StreamLedger streams;
    private final ExecutorHeartbeats heartbeats;
    private Instant lastTime;
    private double lastQueued;
    private int slots;

    /**
     * @param activeStages that have tasks waiting or running now
     * @param slots tasks that an executor takes at a time, until one is there that tells
     */
    SparkMetricsCollector(
            Supplier<List<StageProgress>> activeStages,
            SparkExecutorController controller,
            TaskLedger tasks,
            StreamLedger streams,
            ExecutorHeartbeats heartbeats,
            int slots,
            Instant now) {
        this.activeStages = activeStages;
        this.controller = controller;
        this.tasks = tasks;
        this.streams = streams;
        this.heartbeats = heartbeats;
        this.slots = slots;
        this.lastTime = now;
    }

    ResourceMetrics collect(Instant now) {
        List<StageProgress> stages = activeStages.get();
        tasks.retain(stages.stream().map(SparkMetricsCollector::key).collect(Collectors.toSet()));
        List<ExecutorState> executors = controller.executors();
        heartbeats.retain(executors.stream().map(ExecutorState::id).collect(Collectors.toSet()));
        slots = executors.stream()
                .filter(ExecutorState::active)
                .mapToInt(ExecutorState::slots)
                .findFirst()
                .orElse(slots);
        double seconds = Math.max(1, Duration.between(lastTime, now).toMillis()) / 1e3;
        lastTime = now;

        ResourceMetrics.Builder metrics = ResourceMetrics.at(now);
        addInstances(metrics, seconds);
        addTasks(metrics, stages, executors, now);
        addWork(metrics, stages, tasks.take(now), seconds, now);
        heartbeats.report(metrics, slots);
        streams.report(metrics);
        return metrics.build();
    }

    private void addInstances(ResourceMetrics.Builder metrics, double seconds) {
        InstanceCounts counts = controller.counts();
        metrics.with(Metric.ACTIVE_INSTANCES, counts.ready())
                .with(Metric.REQUESTED_INSTANCES, counts.requested())
                .with(SparkMetrics.LEAVING_INSTANCES, counts.leaving())
                .with(Metric.PROVISIONING_TIME, controller.provisioningSeconds())
                .with(Metric.SLOTS_PER_INSTANCE, slots)
                .with(Metric.INSTANCE_CAPACITY, slots * seconds)
                .label("executors", controller.state().inWords());
    }

    private void addTasks(
            ResourceMetrics.Builder metrics, List<StageProgress> stages, List<ExecutorState> executors, Instant now) {
        int pending = stages.stream().mapToInt(StageProgress::pending).sum();
        // The scheduler's own count, which no lost event can put out.
        int running = executors.stream().mapToInt(ExecutorState::runningTasks).sum();
        metrics.with(Metric.PENDING_TASKS, pending)
                .with(Metric.RUNNING_TASKS, running)
                .with(Metric.QUEUE_DEPTH, pending);
        if (tasks.running() >= running) {
            // Else the start of a task was lost, and how long it runs is not known.
            metrics.with(Metric.OVERDUE_TASKS, tasks.overdue(now))
                    .with(Metric.REMAINING_TASK_TIME, tasks.remainingAtMost(now));
        }
        largest(stages)
                .ifPresent(stage ->
                        metrics.label(ResourceMetrics.STAGE, "stage " + stage.id() + " (" + stage.name() + ")"));
    }

    private static Optional<StageProgress> largest(List<StageProgress> stages) {
        return stages.stream()
                .max(Comparator.comparingInt(StageProgress::tasks).thenComparingInt(stage -> -stage.id()));
    }

    private void addWork(
            ResourceMetrics.Builder metrics, List<StageProgress> stages, Flow flow, double seconds, Instant now) {
        metrics.with(Metric.REQUESTS, flow.finished() / seconds)
                .with(SparkMetrics.SPILL, flow.spilledBytes() / seconds);
        if (flow.finished() > 0) {
            metrics.with(Metric.RESPONSE_TIME, 1e3 * flow.seconds() / flow.finished());
        }
        if (flow.finished() + flow.failed() > 0) {
            metrics.with(Metric.ERROR_RATE, (double) flow.failed() / (flow.finished() + flow.failed()));
        }
        if (flow.runSeconds() > 0) {
            metrics.with(SparkMetrics.SHUFFLE_WAIT, Math.min(1, flow.fetchWaitSeconds() / flow.runSeconds()));
        }
        int ready = controller.counts().ready();
        if (ready > 0) {
            metrics.with(Metric.UTILISATION, Math.min(1, flow.busySeconds() / (seconds * slots * ready)));
        }
        OptionalDouble queued = queuedWork(stages, now);
        metrics.with(Metric.QUEUED_WORK, queued);
        // What arrived was done, or waits now and did not before.
        metrics.with(Metric.LOAD, Math.max(0, flow.busySeconds() + queued.orElse(lastQueued) - lastQueued));
        lastQueued = queued.orElse(lastQueued);
    }

    /** Empty where a stage has tasks of which nothing is known. */
    private OptionalDouble queuedWork(List<StageProgress> stages, Instant now) {
        double sum = 0;
        for (StageProgress stage : stages) {
            OptionalDouble expected = tasks.expectedSeconds(key(stage), now);
            if (expected.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += stage.pending() * expected.getAsDouble()
                    + tasks.remainingSeconds(key(stage), expected.getAsDouble(), now);
        }
        return OptionalDouble.of(sum);
    }

    private static StageKey key(StageProgress stage) {
        return new StageKey(stage.id(), stage.attempt());
    }
}
