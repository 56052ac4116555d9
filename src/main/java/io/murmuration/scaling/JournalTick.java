package io.murmuration.scaling;

import java.time.Instant;

/**
 * One tick as a journal has it.
 *
 * @param clock what the autoscaler's clock said when it decided
 * @param metrics what it was shown
 * @param decision what it decided, and why
 * @param outcome what became of that
 */
public record JournalTick(Instant clock, ResourceMetrics metrics, ScalingDecision decision, ScalingOutcome outcome) {}
