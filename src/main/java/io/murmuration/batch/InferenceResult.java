package io.murmuration.batch;

import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import io.murmuration.inference.ResultLayout;

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

    /** The values of a column in a row of results, in rows of their own lengths; one row of one for a number. */
    public double[][] values(int row, ResultLayout.Column column) {
        double[][] values = new double[column.rowLengths().size()][];
        int offset = column.offset();
        for (int i = 0; i < values.length; i++) {
            values[i] = new double[column.rowLengths().get(i)];
            for (int j = 0; j < values[i].length; j++) {
                values[i][j] = results.get(row, offset++, lane);
            }
        }
        return values;
    }
}
