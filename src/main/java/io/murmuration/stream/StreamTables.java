package io.murmuration.stream;

import io.murmuration.batch.OutputTables;
import io.murmuration.batch.TableFiles;
import io.murmuration.batch.TableWriterFactory;
import java.io.Serializable;
import java.util.List;

/**
 * The tables that a micro-batch writes.
 *
 * @param output those that a batch writes as well
 * @param late rows that came too late, in the form of the rejected ones
 */
record StreamTables(OutputTables output, TableWriterFactory late) implements Serializable {
    static final String LATE = "late";

    /** Lays empty files of the tables that any reader may look for into a folder: a table without rows is a table. */
    void writeEmpty(String folder, int number) {
        try (TableFiles files = new TableFiles(folder, number)) {
            List.of(late, output.rejected(), output.results()).forEach(files::open);
        }
    }
}
