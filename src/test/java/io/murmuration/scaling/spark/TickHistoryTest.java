package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.report.ScalingEntry;
import io.murmuration.report.ScalingEntry.Kind;
import io.murmuration.report.ScalingReport;
import io.murmuration.report.ScalingTick;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.PolicyEvaluation;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScaleAction;
import io.murmuration.scaling.ScalingDecision;
import io.murmuration.scaling.ScalingOutcome;
import io.murmuration.scaling.Wish;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TickHistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String WORKING = "executors come and go as asked for";

    private final TickHistory history = new TickHistory(3, 2);

    @Test
    @DisplayName(
            "Demand is what tasks can use, the delay what is queued over what is ready, and requested is after the decision")
    void numbers() {
        // 2 run and 8 wait, 4 slots an executor: 2.5 executors. 60 slot-seconds over 2 executors of 4 slots: 7.5 s.
        add(
                0,
                metrics(0)
                        .with(Metric.RUNNING_TASKS, 2)
                        .with(Metric.PENDING_TASKS, 8)
                        .with(Metric.QUEUED_WORK, 60),
                2,
                3);
        ScalingTick tick = last(report().ticks());
        assertEquals(new ScalingTick(START, OptionalDouble.of(2.5), 2, 3, 1, OptionalDouble.of(7.5)), tick);
    }

    @Test
    @DisplayName(
            "Where tasks are not counted demand is load and queue over capacity, and what is not measured is not made up")
    void otherDemand() {
        ResourceMetrics.Builder load = ResourceMetrics.at(START)
                .with(Metric.LOAD, 30)
                .with(Metric.QUEUED_WORK, 20)
                .with(Metric.INSTANCE_CAPACITY, 20);
        add(0, load, 2, 2);
        assertEquals(OptionalDouble.of(2.5), last(report().ticks()).demand());
        add(1, ResourceMetrics.at(START.plusSeconds(1)), 2, 2);
        assertEquals(OptionalDouble.empty(), last(report().ticks()).demand());
        assertEquals(OptionalDouble.empty(), last(report().ticks()).queueSeconds());
    }

    @Test
    @DisplayName("What is oldest is forgotten: three ticks and two changes are kept of five")
    void bounded() {
        for (int second = 0; second < 5; second++) {
            add(second, metrics(second), second, second + 1);
        }
        assertEquals(
                List.of(START.plusSeconds(2), START.plusSeconds(3), START.plusSeconds(4)),
                report().ticks().stream().map(ScalingTick::at).toList());
        assertEquals(
                List.of(4, 5), report().changes().stream().map(ScalingEntry::to).toList());
    }

    @Test
    @DisplayName("Advice that stays the same is one change, until another decision comes between")
    void repeatedAdvice() {
        ScalingOutcome paused = new ScalingOutcome.Advised("the autoscaler is paused");
        for (int second = 0; second < 3; second++) {
            history.add(metrics(second).build(), decision(second, 1, 4), paused, "the autoscaler is paused");
        }
        ScalingEntry advice = last(report().changes());
        assertEquals(1, report().changes().size());
        assertEquals(3, advice.ticks());
        assertEquals(START.plusSeconds(2), advice.last());
        assertEquals(Kind.ADVISED, advice.outcome().kind());
        add(3, metrics(3), 1, 1);
        history.add(metrics(4).build(), decision(4, 1, 4), paused, "the autoscaler is paused");
        assertEquals(2, report().changes().size());
    }

    @Test
    @DisplayName("The latest decision is told although it changes nothing, with what each policy said")
    void latest() {
        add(0, metrics(0), 2, 2);
        ScalingEntry latest = report().latest().orElseThrow();
        assertEquals(
                List.of("demand 2", "rule hold", "new no opinion"),
                latest.voices().stream()
                        .map(voice -> voice.policy() + " " + voice.wish())
                        .toList());
        assertTrue(report().changes().isEmpty());
        assertEquals(WORKING, report().state());
    }

    @Test
    @DisplayName("A history without room is refused")
    void noRoom() {
        assertThrows(IllegalArgumentException.class, () -> new TickHistory(0, 1));
    }

    private ScalingReport report() {
        return history.report("Scaling");
    }

    private void add(int second, ResourceMetrics.Builder metrics, int from, int to) {
        ScalingOutcome outcome = from == to
                ? new ScalingOutcome.Unchanged()
                : new ScalingOutcome.Applied(new ScaleAction(START.plusSeconds(second), from, to));
        history.add(metrics.build(), decision(second, from, to), outcome, WORKING);
    }

    private static ResourceMetrics.Builder metrics(int second) {
        return ResourceMetrics.at(START.plusSeconds(second))
                .with(Metric.ACTIVE_INSTANCES, 2)
                .with(Metric.REQUESTED_INSTANCES, 2)
                .with(SparkMetrics.LEAVING_INSTANCES, 1)
                .with(Metric.SLOTS_PER_INSTANCE, 4);
    }

    private static ScalingDecision decision(int second, int from, int to) {
        return new ScalingDecision(
                START.plusSeconds(second),
                from,
                to,
                List.of(
                        new PolicyEvaluation("demand", new Wish.Target(to, "so many can work")),
                        new PolicyEvaluation("rule", new Wish.Hold("all is well")),
                        new PolicyEvaluation("new", new Wish.Abstain("nothing was observed yet"))),
                List.of("so many can work"));
    }

    private static <T> T last(List<T> things) {
        return things.get(things.size() - 1);
    }
}
