package io.murmuration.batch;

import io.murmuration.inference.ResultLayout;
import java.io.Serializable;
import org.apache.spark.sql.SparkSession;

/**
 * Everything that a task needs to write a job's tables.
 *
 * @param fleet the models
 * @param resultTable what results hold
 * @param side what the other tables hold
 */
record OutputTables(
        Fleet fleet,
        ResultTable resultTable,
        SideTables side,
        TableWriterFactory results,
        TableWriterFactory state,
        TableWriterFactory learned,
        TableWriterFactory rejected)
        implements Serializable {

    static OutputTables of(
            SparkSession session, Fleet fleet, KeyedRows form, ResultTable resultTable, ResultLayout layout) {
        TableFormat format = resultTable.format();
        SideTables side = new SideTables(fleet.named(), form, format);
        return new OutputTables(
                fleet,
                resultTable,
                side,
                TableWriterFactory.of(session, "results", resultTable.schema(layout), format),
                TableWriterFactory.of(session, SideTables.STATE, side.stateSchema(), format),
                TableWriterFactory.of(session, SideTables.LEARNED, side.learnedSchema(), format),
                TableWriterFactory.of(session, SideTables.REJECTED, side.rejectedSchema(), format));
    }

    String name(int model) {
        return fleet.members().get(model).name();
    }
}
