package io.murmuration.scaling;

/**
 * A decision and what became of it.
 *
 * @param decision what was to be done, and why
 * @param outcome what became of it; {@link ScalingOutcome.Applied} has the counts before and after
 */
public record ScalingRecord(ScalingDecision decision, ScalingOutcome outcome) {}
