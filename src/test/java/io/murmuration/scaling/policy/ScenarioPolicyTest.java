package io.murmuration.scaling.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScenarioPolicyTest {
    private static final ScalingContext CONTEXT =
            new ScalingContext(Duration.ofSeconds(15), 1, 60, Duration.ofSeconds(30));
    private final ScenarioPolicy policy = ScenarioPolicy.of(CONTEXT, 40);
    private int ticks;

    @Test
    void beforeAnythingWasSeenItAbstains() {
        assertInstanceOf(Wish.Abstain.class, policy.wish());
    }

    @Test
    void aMetricThatIsAbsentIsNamed() {
        policy.observe(ResourceMetrics.at(Instant.EPOCH).with(Metric.LOAD, 3).build());
        assertEquals(
                "queued_work is absent",
                assertInstanceOf(Wish.Abstain.class, policy.wish()).reason());
    }

    @Test
    void withoutHistoryThereIsSomeHeadroom() {
        tick(10, 0, 10);
        assertEquals(13, target().instances());
    }

    @Test
    void beforeARiseThatComesEveryTimeInstancesAreOrderedInTimeAndNotEarlier() {
        // Twenty intervals of 2, then twenty of 10, over and over.
        for (int i = 0; i < 40 * 30; i++) {
            tick(i / 20 % 2 == 0 ? 2 : 10, 0, i / 20 % 2 == 0 ? 2 : 10);
        }
        for (int i = 0; i < 20; i++) {
            tick(2, 0, 2);
            int wished = target().instances();
            // The step after the twentieth sees the rise; an order takes four intervals.
            int intervalsToRise = 19 - i;
            assertTrue(
                    intervalsToRise > 4 ? wished == 2 : wished >= 7,
                    wished + " instances " + intervalsToRise + " intervals before the rise: " + target().reason());
        }
    }

    @Test
    void askingTwiceChangesNothing() {
        ScenarioPolicy asked = ScenarioPolicy.of(CONTEXT, 40);
        for (int i = 0; i < 300; i++) {
            ResourceMetrics metrics = metrics(5 + 4 * Math.sin(i / 9.0), 0, 8);
            policy.observe(metrics);
            asked.observe(metrics);
            asked.wish();
            assertEquals(policy.wish(), asked.wish());
        }
    }

    @Test
    void aPriceThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ScenarioPolicy.of(CONTEXT, 0));
    }

    private Wish.Target target() {
        return assertInstanceOf(Wish.Target.class, policy.wish());
    }

    private void tick(double load, double queue, int active) {
        policy.observe(metrics(load, queue, active));
        ticks++;
    }

    private ResourceMetrics metrics(double load, double queue, int active) {
        return ResourceMetrics.at(Instant.EPOCH.plusSeconds(15L * ticks))
                .with(Metric.LOAD, load)
                .with(Metric.QUEUED_WORK, queue)
                .with(Metric.INSTANCE_CAPACITY, 1)
                .with(Metric.ACTIVE_INSTANCES, active)
                .with(Metric.REQUESTED_INSTANCES, active)
                .with(Metric.PROVISIONING_TIME, 60)
                .build();
    }
}
