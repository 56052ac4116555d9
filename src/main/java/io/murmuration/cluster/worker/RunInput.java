package io.murmuration.cluster.worker;

import java.io.Serializable;

/**
 * An agent's next observations.
 *
 * @param agent the agent's id
 * @param state where it goes on from, see {@link io.murmuration.inference.AgentStateCodec}; empty where it begins
 * @param rows how many observations, at least 1
 * @param observations {@code [row][element]}, NaN where missing
 * @param actions {@code [row][element]}, NaN where none is recorded
 */
public record RunInput(String agent, byte[] state, int rows, double[] observations, double[] actions)
        implements Serializable {}
