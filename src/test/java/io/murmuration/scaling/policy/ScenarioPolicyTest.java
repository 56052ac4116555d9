package io.murmuration.scaling.policy;

import static io.murmuration.scaling.policy.Ticks.CAPACITY;
import static io.murmuration.scaling.policy.Ticks.CONTEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScenarioPolicyTest {
    private final ScenarioPolicy policy = ScenarioPolicy.of(CONTEXT, 40);
    private final Ticks ticks = ticks(policy);

    @Test
    void beforeAnythingWasSeenItAbstains() {
        assertInstanceOf(Wish.Abstain.class, policy.wish());
    }

    @Test
    void aMetricThatIsAbsentIsNamed() {
        policy.observe(ResourceMetrics.at(Instant.EPOCH).with(Metric.LOAD, 3).build());
        assertEquals(
                "not measured: queued_work, instance_capacity, active_instances, provisioning_seconds",
                assertInstanceOf(Wish.Abstain.class, policy.wish()).reason());
    }

    @Test
    void withoutHistoryThereIsSomeHeadroom() {
        ticks.load(10 * CAPACITY);
        assertEquals(13, target().instances());
    }

    @Test
    void beforeARiseThatComesEveryTimeInstancesAreOrderedInTimeAndNotEarlier() {
        // Twenty intervals of 2, then twenty of 10, over and over.
        for (int i = 0; i < 40 * 30; i++) {
            int instances = i / 20 % 2 == 0 ? 2 : 10;
            ticks.with(instances, instances).load(instances * CAPACITY);
        }
        for (int i = 0; i < 20; i++) {
            ticks.with(2, 2).load(2 * CAPACITY);
            int wished = target().instances();
            // The step after the twentieth sees the rise; an order takes four intervals.
            int intervalsToRise = 19 - i;
            assertTrue(
                    intervalsToRise > 4 ? wished == 2 : wished >= 7,
                    wished + " instances " + intervalsToRise + " intervals before the rise: " + target().reason());
        }
    }

    @Test
    void aProvisioningTimeThatGrowsBetweenTwoSamplesIsPlannedFor() {
        // The load changes every fifth interval, so that there are four without a new sample.
        for (int i = 0; i < 1000; i++) {
            ticks.load(CAPACITY * (5 + i / 5 % 3));
        }
        for (int i = 0; i < 20; i++) {
            ticks.provisioning(60 + 45 * i);
            ticks.load(CAPACITY * (5 + i / 5 % 3));
            assertTrue(target().figures().get("risk") <= 1, target().reason());
        }
    }

    @Test
    void aStartUpLongerThanTheHistoryIsNotPlannedForYet() {
        ticks.provisioning(900);
        for (int i = 0; i < 300; i++) {
            ticks.load(CAPACITY * (5 + i % 7));
            double cost = target().figures().getOrDefault("cost", 0.0);
            assertFalse(Double.isNaN(cost), i + ": " + target().reason());
        }
        assertTrue(target().figures().containsKey("cost"), target().reason());
    }

    @Test
    void askingTwiceChangesNothing() {
        ScenarioPolicy asked = ScenarioPolicy.of(CONTEXT, 40);
        Ticks askedTwice = ticks(asked);
        for (int i = 0; i < 300; i++) {
            double load = CAPACITY * (5 + 4 * Math.sin(i / 9.0));
            ticks.load(load);
            askedTwice.load(load);
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

    private static Ticks ticks(ScalingPolicy policy) {
        return new Ticks(policy, 8).provisioning(60);
    }
}
