package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;

/**
 * One round of a decision.
 *
 * @param metrics what was measured, or assumed: a provisioning time is among it
 * @param present instances asked for
 */
record Tick(ResourceMetrics metrics, int present) {
    Instant at() {
        return metrics.timestamp();
    }

    /** So many times what it takes from asking for an instance until it works. */
    Duration provisioningTimes(double times) {
        return Duration.ofMillis(Math.round(times * metrics.require(Metric.PROVISIONING_TIME) * 1e3));
    }
}
