package io.murmuration.batch;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * The form in which observations are brought together: a key, a state to go on from, and the row as read.
 *
 * @param raw the columns of the row as read, all of them that the job uses
 * @param agent place of the agent's column in the raw row
 * @param time place of the column of the time in the raw row
 * @param model place of the model's column in the raw row; −1 where the fleet is one model
 * @param observation places of the observation's columns: one that holds an array, or one an element
 * @param array whether the observation is one column that holds all elements
 * @param action places of the columns of the recorded action, likewise; empty where there is none
 * @param corrupt place of the column in which Spark keeps a row that it could not parse; −1 where there is none
 * @param timeType what the time is
 */
public record KeyedRows(
        StructType raw,
        int agent,
        int time,
        int model,
        List<Integer> observation,
        boolean array,
        List<Integer> action,
        int corrupt,
        TimeType timeType)
        implements Serializable {
    /** Places in a keyed row. */
    public static final int MODEL = 0;

    public static final int AGENT = 1;
    public static final int TIME = 2;
    public static final int STATE = 3;
    public static final int RAW = 4;

    /** Whether the recorded action is one column that holds all elements. */
    boolean actionArray() {
        return action.size() == 1 && raw.fields()[action.get(0)].name().equals("action");
    }
}
