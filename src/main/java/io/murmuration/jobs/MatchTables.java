package io.murmuration.jobs;

import io.murmuration.batch.InputTable;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tables of a matching that grow inside the work of the output folder, and come to stand under their names all together. */
final class MatchTables {
    private final SparkSession session;
    private final OutputFolder folder;
    private final TableFormat format;
    private final String growing;
    private final List<String> written = new ArrayList<>();

    MatchTables(SparkSession session, OutputFolder folder, TableFormat format) {
        this.session = session;
        this.folder = folder;
        this.format = format;
        growing = folder.work() + "/growing";
    }

    void write(String table, Dataset<Row> rows) {
        rows.write()
                .format(format.text())
                .options(format.options())
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .save(growing + "/" + table);
        written.add(table);
    }

    Dataset<Row> read(String table) {
        return InputTable.open(session, growing + "/" + table, Optional.of(format));
    }

    /** Puts all tables in place, in the order in which they were written. */
    void place() {
        for (String table : written) {
            folder.gather(growing, table);
            folder.place(table);
        }
    }
}
