package io.murmuration.batch;

import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;

/**
 * What was inferred for steps of one agent, where it stands in blocks: the answer to an {@link ObservationBatch}, or to a
 * part of it.
 *
 * @param model the place of the agent's model in the fleet
 * @param agent the agent's id
 * @param observations and their times
 * @param results of the same rows and lane
 * @param lane which lane of both
 * @param rows how many steps, from row 0 of both
 * @param firstStep how many steps the agent had taken before row 0
 */
public record InferenceResult(
        int model,
        String agent,
        ObservationBlock observations,
        ResultBlock results,
        int lane,
        int rows,
        long firstStep) {

    /** The time of a row. */
    public long time(int row) {
        return observations.time(row, lane);
    }
}
