package io.murmuration.orchestration.matching;

import java.io.Serializable;

/**
 * Agents by which a task gained most, at some prices.
 *
 * @param agents numbers of the groups, the best first
 * @param scores of the pairs, in millionths
 * @param others what the task gained by any other agent at most; as prices rise, no other gains more.
 *     {@link Long#MIN_VALUE} if there is no other
 */
public record Candidates(int[] agents, int[] scores, long others) implements Serializable {
    private static final long serialVersionUID = 1L;
}
