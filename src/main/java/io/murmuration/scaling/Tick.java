package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;

/**
 * One round of a decision.
 *
 * @param metrics what was measured
 * @param present instances asked for
 */
record Tick(ResourceMetrics metrics, int present) {
    Instant at() {
        return metrics.timestamp();
    }

    /** From asking for an instance until it works, as measured or else as assumed. */
    Duration provisioningTime(Duration assumed) {
        double seconds = metrics.get(Metric.PROVISIONING_TIME, assumed.toMillis() / 1e3);
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }
}
