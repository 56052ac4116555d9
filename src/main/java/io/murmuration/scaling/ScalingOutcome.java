package io.murmuration.scaling;

/** What became of a decision. */
public sealed interface ScalingOutcome {
    /** Nothing was to change. */
    record Unchanged() implements ScalingOutcome {}

    /** The change was asked for. */
    record Applied(ScaleAction action) implements ScalingOutcome {}

    /** The change would have been asked for, but the autoscaler only advises, for the reason given. */
    record Advised(String reason) implements ScalingOutcome {}

    /** The change could not be made. */
    record Failed(String reason) implements ScalingOutcome {}
}
