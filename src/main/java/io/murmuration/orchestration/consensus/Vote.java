package io.murmuration.orchestration.consensus;

import java.util.List;

/**
 * How a vote ended.
 *
 * @param winner the choice that won
 * @param counts of all choices, the winner first
 * @param absolute whether the winner has more than half of all weight
 */
public record Vote(String winner, List<Count> counts, boolean absolute) {
    /**
     * Votes for a choice.
     *
     * @param agents how many chose it
     * @param weight of them all
     */
    public record Count(String choice, int agents, double weight) {}

    public Vote {
        counts = List.copyOf(counts);
    }
}
