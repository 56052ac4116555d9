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
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PredictivePolicyTest {
    private static final ScalingContext CONTEXT =
            new ScalingContext(Duration.ofSeconds(15), 1, 60, Duration.ofSeconds(30));
    private static final double CAPACITY = 10;

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void theTolerableDemandByHand() {
        TolerableDemand demand = new TolerableDemand(3, 1);
        demand.add(4);
        demand.add(4);
        assertTrue(Double.isNaN(demand.value()));
        demand.add(4);
        assertEquals(12.0 / 4, demand.value());
        demand.add(16);
        assertEquals(24.0 / 4, demand.value());
        demand.add(1);
        assertEquals(20.0 / 3, demand.value(), "the first two steps ask for more than all three");
    }

    /** 60 of load asks for 60 · 5 / 6 over five steps; as nothing ever erred, no margin stands above it. */
    @Test
    void aConstantLoadHasTheInstancesThatItTakes() {
        PredictivePolicy policy = PredictivePolicy.of(CONTEXT, 0.9);
        for (int tick = 0; tick < 300; tick++) {
            policy.observe(tick(60, 0));
        }
        Wish.Target wish = assertInstanceOf(Wish.Target.class, policy.wish());
        assertEquals(5, wish.instances());
        assertEquals(5.0, wish.figures().get("demand_quantile"), 1e-9);
        assertEquals(6.0, wish.figures().get("forecast"), 1e-9);
        assertTrue(wish.reason().startsWith("the demand of the next 75 s is at most 5.00 instances"), wish.reason());
    }

    @Test
    void theQueueIsDoneWithinTheDelayTarget() {
        PredictivePolicy policy = PredictivePolicy.of(CONTEXT, 0.9);
        for (int tick = 0; tick < 300; tick++) {
            policy.observe(tick(60, 0));
        }
        policy.observe(tick(60, 40));
        assertEquals(5 + 2, assertInstanceOf(Wish.Target.class, policy.wish()).instances());
        policy.observe(tick(60, 0));
        Wish.Target held = assertInstanceOf(Wish.Target.class, policy.wish());
        assertEquals(7, held.instances());
        assertTrue(held.reason().endsWith("5, held at 7 of the tick before"), held.reason());
        policy.observe(tick(60, 0));
        assertEquals(5, assertInstanceOf(Wish.Target.class, policy.wish()).instances());
    }

    @Test
    void moreOfTheDemandCoveredIsNoFewerInstances() {
        PredictivePolicy bold = PredictivePolicy.of(CONTEXT, 0.5);
        PredictivePolicy careful = PredictivePolicy.of(CONTEXT, 0.99);
        SplittableRandom random = new SplittableRandom(5);
        long few = 0;
        long many = 0;
        for (int tick = 0; tick < 2000; tick++) {
            ResourceMetrics metrics = tick(60 * Math.exp(0.3 * random.nextGaussian()), 0);
            bold.observe(metrics);
            careful.observe(metrics);
            few += assertInstanceOf(Wish.Target.class, bold.wish()).instances();
            many += assertInstanceOf(Wish.Target.class, careful.wish()).instances();
        }
        assertTrue(many > 1.2 * few, many + " and " + few);
    }

    @Test
    void itAbstainsOnWhatIsAbsentAndSaysWhat() {
        PredictivePolicy policy = PredictivePolicy.of(CONTEXT, 0.9);
        assertEquals(new Wish.Abstain("nothing was observed yet"), policy.wish());
        policy.observe(ResourceMetrics.at(now)
                .with(Metric.QUEUED_WORK, 0)
                .with(Metric.LOAD, Double.NaN)
                .build());
        assertEquals(new Wish.Abstain("not measured: load, instance_capacity, provisioning_seconds"), policy.wish());
        policy.observe(tick(60, 0));
        assertInstanceOf(Wish.Target.class, policy.wish());
        policy.observe(ResourceMetrics.at(now).build());
        assertInstanceOf(Wish.Abstain.class, policy.wish());
        policy.observe(tick(60, 0));
        assertInstanceOf(Wish.Target.class, policy.wish());
    }

    @Test
    void instancesThatDoNothingAreNoCapacity() {
        PredictivePolicy policy = PredictivePolicy.of(CONTEXT, 0.9);
        policy.observe(ResourceMetrics.at(now)
                .with(Metric.LOAD, 5)
                .with(Metric.QUEUED_WORK, 0)
                .with(Metric.PROVISIONING_TIME, 60)
                .with(Metric.INSTANCE_CAPACITY, 0)
                .build());
        assertEquals(new Wish.Abstain("instance_capacity is 0.0, expected more than 0"), policy.wish());
    }

    @Test
    void aQuantileOutOfRangeIsRefused() {
        assertEquals(
                "the quantile of predictive is 1.0, expected more than 0 and less than 1",
                assertThrows(IllegalArgumentException.class, () -> PredictivePolicy.of(CONTEXT, 1))
                        .getMessage());
    }

    private ResourceMetrics tick(double load, double queue) {
        now = now.plus(CONTEXT.interval());
        return ResourceMetrics.at(now)
                .with(Metric.LOAD, load)
                .with(Metric.QUEUED_WORK, queue)
                .with(Metric.INSTANCE_CAPACITY, CAPACITY)
                .with(Metric.PROVISIONING_TIME, 60)
                .build();
    }
}
