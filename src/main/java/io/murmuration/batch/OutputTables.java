package io.murmuration.batch;

import io.murmuration.inference.ResultLayout;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Everything that a task needs to write a job's tables.
 *
 * @param resultTable what results hold
 * @param side what the other tables hold
 */
public record OutputTables(
        ResultTable resultTable,
        SideTables side,
        TableWriterFactory results,
        TableWriterFactory state,
        TableWriterFactory learned,
        TableWriterFactory rejected)
        implements Serializable {
    public static final String RESULTS = "results";
    /** Everything that a run may leave. */
    static final List<String> NAMES =
            List.of("summary.json", "report.html", RESULTS, SideTables.STATE, SideTables.LEARNED, SideTables.REJECTED);

    public static OutputTables of(
            SparkSession session, KeyedRows form, ResultTable resultTable, List<ResultLayout> layouts) {
        TableFormat format = resultTable.format();
        SideTables side = new SideTables(resultTable.named(), form, format);
        return new OutputTables(
                resultTable,
                side,
                TableWriterFactory.of(session, RESULTS, resultTable.schema(layouts), format),
                TableWriterFactory.of(session, SideTables.STATE, side.stateSchema(), format),
                TableWriterFactory.of(session, SideTables.LEARNED, side.learnedSchema(), format),
                TableWriterFactory.of(session, SideTables.REJECTED, side.rejectedSchema(), format));
    }
}
