package io.murmuration.scaling.policy;

import static io.murmuration.scaling.policy.Ticks.CAPACITY;
import static io.murmuration.scaling.policy.Ticks.CONTEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RegretPolicyTest {
    private final RegretPolicy policy = RegretPolicy.of(CONTEXT, 40);
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
    void aLoadThatNeverChangesNeedsNoReserveAndWhoeverKeepsNoneIsFollowed() {
        for (int i = 0; i < 1000; i++) {
            ticks.with(6, 6).load(6 * CAPACITY);
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
            ticks.with(6, 6).load(i % 124 < 120 ? 4 * CAPACITY : 14 * CAPACITY);
        }
        Wish.Target wish = target();
        assertTrue(wish.instances() > 4, wish.reason());
        assertTrue(wish.figures().get("loss") < 14, wish.reason());
    }

    @Test
    void askingTwiceChangesNothing() {
        RegretPolicy asked = RegretPolicy.of(CONTEXT, 40);
        Ticks askedTwice = ticks(asked);
        for (int i = 0; i < 200; i++) {
            double load = CAPACITY * (5 + 4 * Math.sin(i / 9.0));
            ticks.load(load);
            askedTwice.load(load);
            assertEquals(policy.wish(), asked.wish());
        }
    }

    private Wish.Target target() {
        return assertInstanceOf(Wish.Target.class, policy.wish());
    }

    private static Ticks ticks(ScalingPolicy policy) {
        return new Ticks(policy, 8).provisioning(60);
    }
}
