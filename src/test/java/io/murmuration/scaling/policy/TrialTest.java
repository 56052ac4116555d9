package io.murmuration.scaling.policy;

import static io.murmuration.scaling.policy.Ticks.CONTEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.policy.Trial.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrialTest {
    private final Trial trial = new Trial(new StaticPolicy(1), CONTEXT);
    private Instant now = Instant.EPOCH;

    private Outcome step(double load, double provisioningSeconds) {
        now = now.plusSeconds(15);
        return trial.step(
                ResourceMetrics.at(now)
                        .with(Metric.ACTIVE_INSTANCES, 1)
                        .with(Metric.PROVISIONING_TIME, provisioningSeconds)
                        .build(),
                load);
    }

    @Test
    void whatWaitsIsNotLostWhenInstancesTakeAnotherTimeToCome() {
        for (int tick = 0; tick < 5; tick++) {
            step(3, 60);
        }
        // Ten are left, of which one instance does one an interval; two intervals are the target.
        for (int left = 9; left >= 0; left--) {
            assertEquals(new Outcome(1, left > 2), step(0, 60 + 15 * (left % 2)), left + " left");
        }
    }
}
