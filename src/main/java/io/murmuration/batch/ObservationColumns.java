package io.murmuration.batch;

import java.util.List;

/**
 * What the columns of a table of observations are called.
 *
 * @param agent the column of the agent's id, or {@code @file}
 * @param time the column of the time, or {@code @row}
 * @param observation columns of the observation; empty for {@code observation}, {@code o0}, {@code o1} … or labels
 */
public record ObservationColumns(String agent, String time, List<String> observation) {
    /** The names of the contract. */
    public static final ObservationColumns STANDARD =
            new ObservationColumns(ResultTable.AGENT, ResultTable.TIME, List.of());
    /** The file's name without its ending is the agent's id. */
    public static final String FILE = "@file";
    /** The place of the row in its file, from 0, is the time. */
    public static final String ROW = "@row";

    public ObservationColumns {
        observation = List.copyOf(observation);
    }
}
