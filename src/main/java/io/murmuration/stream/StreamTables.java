package io.murmuration.stream;

import io.murmuration.batch.OutputTables;
import io.murmuration.batch.TableFiles;
import io.murmuration.batch.TableFormat;
import io.murmuration.batch.TableWriterFactory;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The tables that a micro-batch writes.
 *
 * @param output those that a batch writes as well
 * @param late rows that came too late, in the form of the rejected ones
 * @param alerts rows that surprised their agent
 * @param evicted agents that were let go, with what they had learned
 * @param partitioning of the results
 */
public record StreamTables(
        OutputTables output,
        TableWriterFactory late,
        TableWriterFactory alerts,
        TableWriterFactory evicted,
        Partitioning partitioning)
        implements Serializable {
    static final String LATE = "late";
    static final String ALERTS = "alerts";
    static final String EVICTED = "evicted";

    public static StreamTables of(
            SparkSession session, OutputTables output, TableFormat format, Partitioning partitioning) {
        return new StreamTables(
                output,
                TableWriterFactory.of(session, LATE, output.side().rejectedSchema(), format),
                TableWriterFactory.of(session, ALERTS, output.side().alertSchema(), format),
                TableWriterFactory.of(session, EVICTED, output.side().evictedSchema(), format),
                partitioning);
    }

    /** Lays empty files of the tables that any reader may look for into a folder: a table without rows is a table. */
    List<String> writeEmpty(String folder, int number) {
        try (TableFiles files = new TableFiles(folder, number)) {
            List.of(late, output.rejected()).forEach(files::open);
            partitioning.openEmpty(files, output.results());
            return files.finish();
        }
    }
}
