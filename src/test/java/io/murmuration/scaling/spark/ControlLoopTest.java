package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.AutoScaler;
import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ScaleAction;
import io.murmuration.scaling.ScalingBehaviour;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingOutcome;
import io.murmuration.scaling.policy.DemandPolicy;
import io.murmuration.scaling.spark.FakePool.Manager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Collect, decide, apply")
class ControlLoopTest {
    private final TaskLedger tasks = new TaskLedger(FakePool.START);
    private final List<TickRecord> ticks = new ArrayList<>();
    private final TickSink recorder = sink(ticks::add);
    private final TickSink broken = sink(tick -> {
        throw new IllegalStateException("no space left");
    });
    private List<StageProgress> stages = List.of();
    private boolean advisory;
    private FakePool pool;
    private ControlLoop loop;

    @BeforeEach
    void fourExecutors() {
        begin(4);
    }

    private void begin(int executors) {
        begin(new FakePool(Manager.STANDALONE, executors));
    }

    private void begin(FakePool executors) {
        pool = executors;
        PausablePool pausable = new PausablePool(pool, advisory);
        SparkExecutorController controller = SparkExecutorController.careful(
                pausable, 1, new LaunchBreaker(3, Duration.ofMinutes(2), Duration.ofMinutes(1)), pool);
        ScalingContext context = new ScalingContext(Duration.ofSeconds(1), 1, 8, Duration.ofSeconds(10));
        ScalingBehaviour behaviour = ScalingBehaviour.DEFAULT.toBuilder()
                .assumedProvisioning(Duration.ofSeconds(5))
                .build();
        AutoScaler scaler = new AutoScaler(context, behaviour, pool);
        scaler.addScalingRule(DemandPolicy.of(context, Duration.ofSeconds(30)));
        SparkMetricsCollector collector = new SparkMetricsCollector(
                () -> stages,
                controller,
                tasks,
                new StreamLedger(pool),
                new ExecutorHeartbeats(Duration.ofSeconds(5), pool),
                1,
                FakePool.START);
        loop = new ControlLoop(pausable, collector, scaler, controller, List.of(broken, recorder), pool, new OwnTime());
    }

    private static TickSink sink(Consumer<TickRecord> consumer) {
        return new TickSink() {
            @Override
            public String name() {
                return "The test";
            }

            @Override
            public void accept(TickRecord tick) {
                consumer.accept(tick);
            }
        };
    }

    private TickRecord tick() {
        pool.second();
        loop.tick();
        return ticks.get(ticks.size() - 1);
    }

    /** Stage 5: tasks of a second have ended, and one runs on alone on executor 2. */
    private void oneTaskRunsOn() {
        long now = pool.instant().toEpochMilli();
        tasks.onTaskStart(SparkEvents.start(5, 0, now - 2000));
        tasks.onTaskEnd(SparkEvents.success(5, 1, now - 1000, now, "1"));
        pool.executors.get("2").tasks = 1;
        stages = List.of(new StageProgress(5, 0, "collect at Job.java:7", 0, 1));
    }

    @Test
    void ofATaskThatRunsOnAloneOneExecutorIsLeftWithinATick() {
        tick();
        oneTaskRunsOn();
        TickRecord down = tick();
        assertEquals(
                new ScaleAction(pool.instant(), 4, 1),
                assertInstanceOf(ScalingOutcome.Applied.class, down.outcome()).action());
        assertEquals(new InstanceCounts(1, 1, 3), down.counts());
        assertTrue(pool.executors.get("2").tasks == 1, "the one that runs it");
        assertEquals(
                List.of("demand: stage 5 (collect at Job.java:7): 1 task runs and 0 wait, which can use 1 executor of 1"
                        + " slot; 4 are asked for"),
                down.decision().reasons());
        assertEquals(new InstanceCounts(1, 1, 3), tick().counts());
        assertEquals(new InstanceCounts(1, 1, 0), tick().counts());
    }

    @Test
    void workThatPaysGetsExecutorsAndTheStartIsLearned() {
        begin(1);
        tick();
        long now = pool.instant().toEpochMilli();
        tasks.onTaskEnd(SparkEvents.success(0, 0, now - 1000, now, "0"));
        stages = List.of(new StageProgress(0, 0, "count", 60, 0));
        // 60 slot-seconds; one executor does 15 in 10 s and the 5 s that a start is taken to last: ⌈45/10⌉ = 5 more.
        assertEquals(6, tick().decision().recommended());
        for (int second = 0; second < 4; second++) {
            assertTrue(tick().metrics().get(Metric.PROVISIONING_TIME).isEmpty() || second == 3);
        }
        TickRecord last = ticks.get(ticks.size() - 1);
        assertEquals(new InstanceCounts(6, 6, 0), last.counts());
        assertEquals(4, last.metrics().get(Metric.PROVISIONING_TIME, 0));
    }

    @Test
    void aPauseMakesDecisionsAdvice() {
        tick();
        loop.setPaused(true);
        oneTaskRunsOn();
        TickRecord advised = tick();
        assertEquals(1, advised.decision().recommended());
        assertEquals(new ScalingOutcome.Advised("the autoscaler is paused: it only advises"), advised.outcome());
        assertEquals(new InstanceCounts(4, 4, 0), advised.counts());
        loop.setPaused(false);
        assertInstanceOf(ScalingOutcome.Applied.class, tick().outcome());
    }

    @Test
    void whereItIsRefusedItAdvisesAndSaysWhy() {
        pool.refusal = Optional.of("dynamic allocation is on");
        oneTaskRunsOn();
        assertEquals(new ScalingOutcome.Advised("dynamic allocation is on"), tick().outcome());
        assertEquals("dynamic allocation is on", loop.getState());
        assertEquals(List.of(), pool.requests);
    }

    @Test
    void whereItIsSetToAdviseNothingIsAskedForAtTheStartEither() {
        advisory = true;
        begin(4);
        oneTaskRunsOn();
        TickRecord advised = tick();
        assertEquals(1, advised.decision().recommended());
        assertEquals(new ScalingOutcome.Advised("the autoscaler is set to advise only"), advised.outcome());
        assertEquals("the autoscaler is set to advise only", loop.getRefusal());
        assertEquals(new InstanceCounts(4, 4, 0), tick().counts());
        assertEquals(List.of(), pool.requests);
        assertEquals(List.of(), pool.endings);
    }

    @Test
    void aRequestThatIsNotAcknowledgedIsAFailureAndIsMadeAgain() {
        tick();
        pool.acknowledges = false;
        oneTaskRunsOn();
        assertEquals(
                new ScalingOutcome.Failed(
                        "the cluster manager did not acknowledge a request for 1 executors in all; 4 stay asked for"),
                tick().outcome());
        assertEquals(List.of(), pool.endings);
        pool.acknowledges = true;
        assertInstanceOf(ScalingOutcome.Applied.class, tick().outcome());
    }

    /** As Spark's, which throws checked exceptions that Scala declares nowhere. */
    private static final class SilentPool extends FakePool {
        private boolean silent;

        SilentPool() {
            super(Manager.STANDALONE, 4);
        }

        @Override
        public boolean requestTotal(int count) {
            if (silent) {
                SilentPool.<RuntimeException>sneak(new TimeoutException("Futures timed out"));
            }
            return super.requestTotal(count);
        }

        @SuppressWarnings("unchecked")
        private static <E extends Exception> void sneak(Exception checked) throws E {
            throw (E) checked;
        }
    }

    @Test
    void aTickThatFailsWithWhateverExceptionIsCountedAndTheNextOneGoesOn() {
        SilentPool silent = new SilentPool();
        begin(silent);
        tick();
        silent.silent = true;
        oneTaskRunsOn();
        pool.second();
        loop.tickSafely();
        assertEquals(1, loop.failedTicks());
        assertEquals(1, ticks.size());
        silent.silent = false;
        assertInstanceOf(ScalingOutcome.Applied.class, tick().outcome());
    }

    @Test
    void aSinkThatFailsFailsNoTickAndKeepsNothingFromTheOthers() {
        pool.second();
        loop.tickSafely();
        assertEquals(0, loop.failedTicks());
        assertEquals(1, ticks.size());
    }
}
