package io.murmuration.scaling.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("As many executors as tasks can use and as pay")
class DemandPolicyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ScalingContext CONTEXT =
            new ScalingContext(Duration.ofSeconds(1), 0, 1000, Duration.ofSeconds(10));

    private final DemandPolicy policy = DemandPolicy.of(CONTEXT, Duration.ofSeconds(30));

    /** Executors of two slots that take 4 s to start. */
    private static ResourceMetrics.Builder metrics(int second, int ready, int requested, int pending, int running) {
        return ResourceMetrics.at(START.plusSeconds(second))
                .with(Metric.ACTIVE_INSTANCES, ready)
                .with(Metric.REQUESTED_INSTANCES, requested)
                .with(Metric.PENDING_TASKS, pending)
                .with(Metric.RUNNING_TASKS, running)
                .with(Metric.SLOTS_PER_INSTANCE, 2)
                .with(Metric.PROVISIONING_TIME, 4);
    }

    private Wish wishAfter(ResourceMetrics.Builder metrics) {
        policy.observe(metrics.build());
        return policy.wish();
    }

    private int targetAfter(ResourceMetrics.Builder metrics) {
        return assertInstanceOf(Wish.Target.class, wishAfter(metrics)).instances();
    }

    @Test
    void aHundredTasksOfAnInstantAreLeftToTheExecutorThatIsThere() {
        assertEquals(1, targetAfter(metrics(0, 1, 1, 100, 2).with(Metric.QUEUED_WORK, 1)));
    }

    /** By 14 s one executor does 28 slot-seconds of 200; the other 172 take ⌈172/20⌉ = 9 executors of 10 s. */
    @Test
    void workThatTakesLongGetsAsManyAsDoItInTime() {
        assertEquals(10, targetAfter(metrics(0, 1, 1, 98, 2).with(Metric.QUEUED_WORK, 200)));
    }

    /** Those on their way will work for 10 s each: 28 + 3·20 = 88; 112 are left, for 6 more. */
    @Test
    void thoseOnTheirWayAreCounted() {
        assertEquals(10, targetAfter(metrics(0, 1, 4, 98, 2).with(Metric.QUEUED_WORK, 200)));
    }

    @Test
    void noneIsAskedForThatNoTaskCanUse() {
        assertEquals(3, targetAfter(metrics(0, 1, 1, 4, 2).with(Metric.QUEUED_WORK, 5000)));
    }

    /** At 4 s a start: ⌈(300 − 28)/20⌉ = 14 more. At 40 s one executor does 2·80 of it, and 140 are left for ⌈140/80⌉ = 2. */
    @Test
    void theLongerAStartTakesTheMoreWorkAnExecutorNeeds() {
        assertEquals(15, targetAfter(metrics(0, 1, 1, 98, 2).with(Metric.QUEUED_WORK, 300)));
        assertEquals(
                3,
                targetAfter(
                        metrics(1, 1, 1, 98, 2).with(Metric.QUEUED_WORK, 300).with(Metric.PROVISIONING_TIME, 40)));
    }

    @Test
    void executorsThatAreThereUnaskedAreKeptWhileTasksCanUseThem() {
        assertEquals(4, targetAfter(metrics(0, 4, 1, 100, 2).with(Metric.QUEUED_WORK, 1)));
        assertEquals(4, targetAfter(metrics(1, 4, 1, 100, 2)));
    }

    @Test
    void theFirstExecutorIsAskedForWhateverItsTaskTakes() {
        assertEquals(1, targetAfter(metrics(0, 0, 0, 1, 0)));
        assertEquals(1, targetAfter(metrics(1, 0, 0, 1, 0).with(Metric.QUEUED_WORK, 0.01)));
    }

    @Test
    void aTaskThatRunsOnAloneKeepsOneExecutorAndTheReasonNamesStageTasksAndSlots() {
        Wish wish = wishAfter(metrics(0, 4, 4, 0, 1)
                .with(Metric.OVERDUE_TASKS, 1)
                .with(Metric.REMAINING_TASK_TIME, 0)
                .label("stage", "stage 3 (collect at Job.java:7)"));
        assertEquals(1, assertInstanceOf(Wish.Target.class, wish).instances());
        assertEquals(
                "stage 3 (collect at Job.java:7): 1 task runs and 0 wait, which can use 1 executor of 2 slots; 4 are asked"
                        + " for",
                wish.reason());
    }

    @Test
    void theEndOfAStageIsWaitedForIfItShouldComeBeforeTheNextTick() {
        assertInstanceOf(
                Wish.Hold.class,
                wishAfter(metrics(0, 4, 4, 0, 1).with(Metric.OVERDUE_TASKS, 0).with(Metric.REMAINING_TASK_TIME, 0.4)));
        assertEquals(
                1,
                targetAfter(
                        metrics(1, 4, 4, 0, 1).with(Metric.OVERDUE_TASKS, 0).with(Metric.REMAINING_TASK_TIME, 1.1)));
    }

    @Test
    void executorsAreKeptForAWhileWhereNothingRuns() {
        assertInstanceOf(Wish.Hold.class, wishAfter(metrics(0, 4, 4, 0, 0)));
        assertInstanceOf(Wish.Hold.class, wishAfter(metrics(29, 4, 4, 0, 0)));
        assertEquals(0, targetAfter(metrics(30, 4, 4, 0, 0)));
        targetAfter(metrics(31, 4, 4, 8, 0));
        assertInstanceOf(Wish.Hold.class, wishAfter(metrics(40, 4, 4, 0, 0)));
    }

    @Test
    void aClockThatIsSetBackBeginsTheWhileAnewAndNoMore() {
        wishAfter(metrics(3600, 4, 4, 0, 0));
        policy.clockSetBack(START);
        assertInstanceOf(Wish.Hold.class, policy.wish());
        assertInstanceOf(Wish.Hold.class, wishAfter(metrics(1, 4, 4, 0, 0)));
        assertInstanceOf(Wish.Hold.class, wishAfter(metrics(30, 4, 4, 0, 0)));
        assertEquals(0, targetAfter(metrics(31, 4, 4, 0, 0)));
    }

    @Test
    void itAbstainsWithWhatIsAbsent() {
        assertInstanceOf(Wish.Abstain.class, policy.wish());
        Wish wish = wishAfter(ResourceMetrics.at(START)
                .with(Metric.ACTIVE_INSTANCES, 2)
                .with(Metric.PENDING_TASKS, Double.NaN)
                .with(Metric.SLOTS_PER_INSTANCE, 1));
        assertEquals(
                "not measured: pending_tasks, running_tasks, provisioning_seconds",
                assertInstanceOf(Wish.Abstain.class, wish).reason());
    }

    @Property
    void tasksGetAtLeastOneExecutorAndNeverMoreThanTheyCanUse(
            @ForAll @IntRange(max = 50) int ready,
            @ForAll @IntRange(max = 50) int requested,
            @ForAll @IntRange(max = 500) int pending,
            @ForAll @IntRange(max = 100) int running,
            @ForAll @DoubleRange(max = 1e6) double work) {
        DemandPolicy fresh = DemandPolicy.of(CONTEXT, Duration.ofSeconds(30));
        fresh.observe(metrics(0, ready, requested, pending, running)
                .with(Metric.QUEUED_WORK, work)
                .build());
        Wish wish = fresh.wish();
        assertEquals(wish, fresh.wish());
        if (wish instanceof Wish.Target target) {
            assertTrue(target.instances() >= 1, target::reason);
            assertTrue(target.instances() <= (pending + running + 1) / 2, target::reason);
        }
    }
}
