package io.murmuration.scaling.spark;

import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingDecision;
import io.murmuration.scaling.ScalingOutcome;

/**
 * A tick of the control loop: what was measured, what was decided, what became of it, and how it stood then.
 */
record TickRecord(
        ResourceMetrics metrics,
        ScalingDecision decision,
        ScalingOutcome outcome,
        InstanceCounts counts,
        ControllerState state) {}
