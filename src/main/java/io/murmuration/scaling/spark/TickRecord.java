package io.murmuration.scaling.spark;

import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingDecision;
import io.murmuration.scaling.ScalingOutcome;
import java.time.Instant;

/**
 * A tick of the control loop: when by its clock, what was measured, what was decided, what became of it, and how it stood then.
 */
record TickRecord(
        Instant clock,
        ResourceMetrics metrics,
        ScalingDecision decision,
        ScalingOutcome outcome,
        InstanceCounts counts,
        ControllerState state) {}
