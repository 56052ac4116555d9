package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unbase64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Reads where agents stood after an earlier run, as keyed rows that come before their observations. */
final class InitialStates {
    private InitialStates() {}

    static Dataset<Row> read(SparkSession session, String folder, ObservationSource source, Fleet fleet) {
        ObservationOptions options = new ObservationOptions(
                folder + "/" + SideTables.STATE,
                java.util.Optional.empty(),
                ResultTable.AGENT,
                ResultTable.TIME,
                java.util.List.of());
        Dataset<Row> states = InputTable.open(session, options);
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
}
