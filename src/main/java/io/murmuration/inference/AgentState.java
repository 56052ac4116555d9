package io.murmuration.inference;

/**
 * What it takes to go on with one agent. The arrays are the engine's own form and opaque to everybody else; see
 * {@link AgentStateCodec} for the bytes.
 *
 * @param steps observations so far
 * @param filter the filtered belief after the last of them
 * @param action the action taken after the last of them, the recorded one where there was one; empty if the agent only perceives
 * @param increments sums of learning increments that wait for the end of the sequence; empty if there are none
 * @param counts Dirichlet counts learned step by step; empty if there are none
 */
public record AgentState(long steps, double[] filter, double[] action, double[] increments, double[] counts) {
    public static final double[] NONE = {};
}
