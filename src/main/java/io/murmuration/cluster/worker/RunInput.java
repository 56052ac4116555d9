package io.murmuration.cluster.worker;

import java.io.Serializable;

/**
 * An agent's next observations.
 *
 * @param agent the agent's id
 * @param state where it goes on from, see {@link io.murmuration.inference.AgentStateCodec}; empty where it begins
 * @param times of the observations, at least one; {@link #PLACE} for its place among those that the belief has seen
 * @param observations {@code [row][element]}, NaN where missing
 * @param actions {@code [row][element]}, NaN where none is recorded
 */
public record RunInput(String agent, byte[] state, long[] times, double[] observations, double[] actions)
        implements Serializable {
    /** No time, but a place. */
    public static final long PLACE = Long.MIN_VALUE;
}
