package io.murmuration.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;

/**
 * The files of one attempt of a task, one a table, in a folder of its own. A file is opened when its first row comes: most
 * partitions reject nothing.
 */
public final class TableFiles implements AutoCloseable {
    private final String folder;
    private final int partition;
    private final Map<String, OutputWriter> open = new HashMap<>();

    /**
     * @param folder of the attempt
     * @param partition by which the files are numbered
     */
    public TableFiles(String folder, int partition) {
        this.folder = folder;
        this.partition = partition;
    }

    public String folder() {
        return folder;
    }

    /** Has a table be a table, if only one without rows. */
    public void open(TableWriterFactory table) {
        writer(table);
    }

    public void write(TableWriterFactory table, InternalRow row) {
        writer(table).write(row);
    }

    /** Where the rows of a table go. */
    public Consumer<InternalRow> to(TableWriterFactory table) {
        return row -> write(table, row);
    }

    private OutputWriter writer(TableWriterFactory table) {
        return open.computeIfAbsent(table.table(), name -> table.open(folder + "/" + name, partition));
    }

    /** Closes all files, and names their tables. */
    public List<String> finish() {
        List<String> written = List.copyOf(open.keySet());
        close();
        return written;
    }

    @Override
    public void close() {
        open.values().forEach(OutputWriter::close);
        open.clear();
    }
}
