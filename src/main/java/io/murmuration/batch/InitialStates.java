package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unbase64;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Reads where agents stood after an earlier run, as keyed rows that come before their observations. */
public final class InitialStates {
    private InitialStates() {}

    /**
     * Reads them.
     *
     * @param folder output of the earlier run
     * @param source of the observations that are to follow
     * @throws CallerException if there are none, or of another kind
     */
    public static Dataset<Row> read(SparkSession session, String folder, ObservationSource source, Fleet fleet) {
        Dataset<Row> states = open(session, folder);
        checkColumns(states, folder, fleet);
        checkTime(states, folder, source.form().timeType());
        Column state = states.schema().apply(SideTables.STATE).dataType().equals(DataTypes.BinaryType)
                ? col(SideTables.STATE)
                : unbase64(col(SideTables.STATE));
        return states.select(
                (fleet.named() ? col(ResultTable.MODEL) : lit(null))
                        .cast(DataTypes.StringType)
                        .as("model"),
                col(ResultTable.AGENT).as("agent"),
                ObservationSource.time(states, ResultTable.TIME, source.form().timeType())
                        .as("t"),
                state.as("state"),
                lit(null).cast(source.form().raw()).as("raw"));
    }

    private static Dataset<Row> open(SparkSession session, String folder) {
        try {
            return InputTable.open(session, folder + "/" + SideTables.STATE, Optional.empty());
        } catch (CallerException e) {
            throw new CallerException("There are no states in " + folder + " (--initial): " + e.getMessage());
        }
    }

    private static void checkColumns(Dataset<Row> states, String folder, Fleet fleet) {
        List<String> columns = Arrays.asList(states.columns());
        for (String wanted : fleet.named()
                ? List.of(ResultTable.MODEL, ResultTable.AGENT, ResultTable.TIME, SideTables.STATE)
                : List.of(ResultTable.AGENT, ResultTable.TIME, SideTables.STATE)) {
            if (!columns.contains(wanted)) {
                throw new CallerException("The states in " + folder + " (--initial) have no column \"" + wanted
                        + "\": they are not those of an earlier run with such models");
            }
        }
    }

    /** In text formats a time of another type shows when it is read. */
    private static void checkTime(Dataset<Row> states, String folder, TimeType wanted) {
        DataType type = states.schema().apply(ResultTable.TIME).dataType();
        boolean timestamp = type.equals(DataTypes.TimestampType);
        if (!type.equals(DataTypes.StringType) && timestamp != (wanted == TimeType.TIMESTAMP)) {
            throw new CallerException("The states in " + folder + " (--initial) have "
                    + (timestamp ? "timestamps" : "integers") + " for times, the observations have not");
        }
    }
}
