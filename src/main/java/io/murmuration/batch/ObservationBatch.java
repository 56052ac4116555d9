package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import java.util.Optional;

/**
 * A bounded run of one agent's observations in the order of their time. A long history is several runs.
 *
 * @param model the place of the agent's model in the fleet
 * @param agent the agent's id
 * @param run the place of this run in the agent's history, from 0
 * @param last whether the history ends with this run
 * @param resumed where the agent goes on from; only in run 0
 * @param rows number of observations; 0 only for an agent that has a state and nothing new
 * @param times {@code [row]}, integers or microseconds since the epoch, ascending
 * @param observations {@code [row][element]}, NaN where missing
 * @param actions {@code [row][element]}, NaN where none is recorded
 */
record ObservationBatch(
        int model,
        String agent,
        int run,
        boolean last,
        Optional<Resumed> resumed,
        int rows,
        long[] times,
        double[] observations,
        double[] actions) {

    /**
     * Where an agent goes on from.
     *
     * @param time of its last observation
     * @param state after that observation
     */
    record Resumed(long time, AgentState state) {}
}
