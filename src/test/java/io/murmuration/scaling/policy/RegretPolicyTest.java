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
import org.junit.jupiter.api.Test;

class RegretPolicyTest {
    private static final ScalingContext CONTEXT =
            new ScalingContext(Duration.ofSeconds(15), 1, 60, Duration.ofSeconds(30));
    private final RegretPolicy policy = RegretPolicy.of(CONTEXT, 40);
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
    void aLoadThatNeverChangesNeedsNoReserveAndWhoeverKeepsNoneIsFollowed() {
        for (int i = 0; i < 1000; i++) {
            tick(6, 6);
        }
        Wish.Target wish = target();
        assertEquals(6, wish.instances(), wish.reason());
        assertTrue(
                wish.reason().matches("(peak|predictive)@.* would have cost least lately, 6\\.\\d+ instances .*"),
                wish.reason());
    }

    @Test
    void aLoadThatJumpsIsFollowedByWhoeverKeepsAReserve() {
        // Half an hour of 4, then a minute of 14: who looks at the load alone is late each time.
        for (int i = 0; i < 2000; i++) {
            tick(i % 124 < 120 ? 4 : 14, 6);
        }
        Wish.Target wish = target();
        assertTrue(wish.instances() > 4, wish.reason());
        assertTrue(wish.figures().get("loss") < 14, wish.reason());
    }

    @Test
    void askingTwiceChangesNothing() {
        RegretPolicy asked = RegretPolicy.of(CONTEXT, 40);
        for (int i = 0; i < 200; i++) {
            ResourceMetrics metrics = metrics(5 + 4 * Math.sin(i / 9.0), 8);
            policy.observe(metrics);
            asked.observe(metrics);
            asked.wish();
            assertEquals(policy.wish(), asked.wish());
        }
    }

    private Wish.Target target() {
        return assertInstanceOf(Wish.Target.class, policy.wish());
    }

    private void tick(double load, int active) {
        policy.observe(metrics(load, active));
        ticks++;
    }

    private ResourceMetrics metrics(double load, int active) {
        return ResourceMetrics.at(Instant.EPOCH.plusSeconds(15L * ticks))
                .with(Metric.LOAD, load)
                .with(Metric.QUEUED_WORK, 0)
                .with(Metric.UTILISATION, Math.min(1, load / active))
                .with(Metric.INSTANCE_CAPACITY, 1)
                .with(Metric.ACTIVE_INSTANCES, active)
                .with(Metric.REQUESTED_INSTANCES, active)
                .with(Metric.PROVISIONING_TIME, 60)
                .build();
    }
}
