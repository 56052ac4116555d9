package io.murmuration.batch;

import java.util.List;

/**
 * What the columns of a table of observations are called.
 *
 * @param agent the column of the agent's id, or {@code @file}
 * @param time the column of the time, or {@code @row}
 * @param model the column that names the model of a fleet, or {@code @file}
 * @param observation columns of the observation; empty for {@code observation}, {@code o0}, {@code o1} … or labels
 */
public record ObservationColumns(String agent, String time, String model, List<String> observation) {
    /** The names of the contract. */
    public static final ObservationColumns STANDARD =
            new ObservationColumns(ResultTable.AGENT, ResultTable.TIME, ResultTable.MODEL, List.of());
    /** The file's name without its ending is the agent's id, or the model's name. */
    public static final String FILE = "@file";
    /** The place of the row in its file, from 0, is the time. */
    public static final String ROW = "@row";

    public ObservationColumns {
        observation = List.copyOf(observation);
    }
}
