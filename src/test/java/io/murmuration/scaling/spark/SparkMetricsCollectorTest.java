package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.spark.FakePool.Manager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A Spark application measured in slot-seconds")
class SparkMetricsCollectorTest {
    private final FakePool pool = new FakePool(Manager.STANDALONE, 2);
    private final long start = FakePool.START.toEpochMilli();
    private final SparkExecutorController controller = SparkExecutorController.careful(
            pool, 1, new LaunchBreaker(3, Duration.ofMinutes(2), Duration.ofMinutes(1)), pool);
    private final TaskLedger tasks = new TaskLedger(FakePool.START);
    private final ExecutorHeartbeats heartbeats = new ExecutorHeartbeats(Duration.ofSeconds(5), pool);
    private List<StageProgress> stages = List.of();
    private final SparkMetricsCollector collector = new SparkMetricsCollector(
            () -> stages, controller, tasks, new StreamLedger(pool), heartbeats, 1, FakePool.START);

    private ResourceMetrics afterASecond() {
        pool.second();
        controller.observe();
        return collector.collect(pool.instant());
    }

    /**
     * Second 1: one task took 0.5 s, one has run for 0.5 s and should take no longer, 10 wait at 0.5 s each: 1 slot-second
     * was done and 5 are left, so that 6 arrived. Second 2: 2 were done, and tasks turned out to take longer.
     */
    @Test
    void whatArrivedWasDoneOrWaitsNow() {
        tasks.onTaskStart(SparkEvents.start(3, 1, start));
        tasks.onTaskEnd(SparkEvents.success(3, 1, start, start + 500, "0"));
        tasks.onTaskStart(SparkEvents.start(3, 2, start + 500));
        pool.executors.get("0").tasks = 1;
        stages = List.of(new StageProgress(3, 0, "collect at Job.java:7", 10, 1));
        ResourceMetrics metrics = afterASecond();
        assertEquals(OptionalDouble.of(5), metrics.get(Metric.QUEUED_WORK));
        assertEquals(OptionalDouble.of(6), metrics.get(Metric.LOAD));
        assertEquals(OptionalDouble.of(0.5), metrics.get(Metric.UTILISATION));
        assertEquals(OptionalDouble.of(1), metrics.get(Metric.INSTANCE_CAPACITY));
        assertEquals(OptionalDouble.of(10), metrics.get(Metric.PENDING_TASKS));
        assertEquals(OptionalDouble.of(1), metrics.get(Metric.RUNNING_TASKS));
        assertEquals(OptionalDouble.of(500), metrics.get(Metric.RESPONSE_TIME));
        assertEquals(OptionalDouble.of(0), metrics.get(Metric.ERROR_RATE));
        assertEquals(OptionalDouble.of(1), metrics.get(Metric.REQUESTS));
        assertEquals(OptionalDouble.of(2), metrics.get(Metric.ACTIVE_INSTANCES));
        assertEquals(
                Map.of("stage", "stage 3 (collect at Job.java:7)", "executors", "executors come and go as asked for"),
                metrics.labels());

        for (int task = 3; task <= 4; task++) {
            long launched = start + 500L * (task - 1);
            tasks.onTaskStart(SparkEvents.start(3, task, launched));
            tasks.onTaskEnd(SparkEvents.success(3, task, launched, launched + 500, "1"));
        }
        tasks.onTaskEnd(SparkEvents.success(3, 2, start + 500, start + 2000, "0"));
        tasks.onTaskStart(SparkEvents.start(3, 5, start + 2000));
        tasks.onTaskStart(SparkEvents.start(3, 6, start + 2000));
        pool.executors.get("1").tasks = 1;
        stages = List.of(new StageProgress(3, 0, "collect at Job.java:7", 6, 2));
        metrics = afterASecond();
        // The mean is (0.5 + 0.5 + 0.5 + 1.5) / 4 = 0.75 by now: 8 tasks of that are left.
        assertEquals(6, metrics.get(Metric.QUEUED_WORK, 0), 1e-9);
        assertEquals(2 + 6 - 5, metrics.get(Metric.LOAD, 0), 1e-9);
        assertEquals(OptionalDouble.of(1), metrics.get(Metric.UTILISATION));
    }

    @Test
    void whatCannotBeKnownIsAbsent() {
        stages = List.of(new StageProgress(0, 0, "count", 4, 0));
        ResourceMetrics metrics = afterASecond();
        for (Metric metric : List.of(
                Metric.QUEUED_WORK,
                Metric.RESPONSE_TIME,
                Metric.ERROR_RATE,
                Metric.CPU_PERCENT,
                Metric.MEMORY_PERCENT,
                Metric.NETWORK_LATENCY,
                Metric.PROVISIONING_TIME,
                SparkMetrics.STREAM_INPUT)) {
            assertEquals(OptionalDouble.empty(), metrics.get(metric), metric::key);
        }
        assertEquals(OptionalDouble.of(4), metrics.get(Metric.PENDING_TASKS));
    }

    @Test
    void whereTheStartOfATaskWasNotHeardItIsNotKnownWhenItEnds() {
        pool.executors.get("0").tasks = 1;
        stages = List.of(new StageProgress(0, 0, "count", 0, 1));
        ResourceMetrics metrics = afterASecond();
        assertEquals(OptionalDouble.of(1), metrics.get(Metric.RUNNING_TASKS));
        assertEquals(OptionalDouble.empty(), metrics.get(Metric.OVERDUE_TASKS));
        assertEquals(OptionalDouble.empty(), metrics.get(Metric.REMAINING_TASK_TIME));
    }

    @Test
    void processesAreMeasuredByTheirLastTwoHeartbeats() {
        heartbeats.receive(new Heartbeat("0", 1000, 10, 1, 100, 400, Double.NaN, Double.NaN, 0.01));
        heartbeats.receive(new Heartbeat("0", 6000, 12.5, 1.5, 200, 400, 1 << 20, 0.003, 0.02));
        heartbeats.receive(new Heartbeat("1", 6000, 3, 0, 100, 400, 1 << 21, Double.NaN, 0.02));
        ResourceMetrics metrics = afterASecond();
        assertEquals(OptionalDouble.of(50), metrics.get(Metric.CPU_PERCENT), "of the one that beat twice");
        assertEquals(0.1, metrics.get(SparkMetrics.GC_SHARE, 0), 1e-12);
        assertEquals(OptionalDouble.of(37.5), metrics.get(Metric.MEMORY_PERCENT));
        assertEquals(OptionalDouble.of(3), metrics.get(Metric.PROCESS_MEMORY));
        assertEquals(OptionalDouble.of(3), metrics.get(Metric.NETWORK_LATENCY));
        assertEquals(15.5, heartbeats.cpuSeconds(), 1e-12);
        assertEquals(0.04, heartbeats.ownCpuSeconds(), 1e-12);

        // Silent for more than three heartbeats; what it took before stays counted, also when it is gone.
        for (int second = 0; second < 15; second++) {
            metrics = afterASecond();
        }
        assertEquals(OptionalDouble.empty(), metrics.get(Metric.CPU_PERCENT));
        pool.remove("0", "lost");
        afterASecond();
        assertEquals(15.5, heartbeats.cpuSeconds(), 1e-12);
    }
}
