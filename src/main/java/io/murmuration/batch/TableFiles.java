package io.murmuration.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;

/**
 * The files of one attempt of a task, in a folder of its own: one a table, or one a folder of a table that is divided into
 * folders. A file is opened when its first row comes: most partitions reject nothing.
 */
public final class TableFiles implements AutoCloseable {
    /** Of the files that are open at once: each has buffers. */
    private static final int MOST_OPEN = 64;

    private final String folder;
    private final int partition;
    /** By folder, the one that was written to least lately first. */
    private final Map<String, OutputWriter> open = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<String> tables = new TreeSet<>();
    private int files;

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
        writer(table, table.table());
    }

    /** The same, in a folder of the table. */
    public void open(TableWriterFactory table, String inside) {
        writer(table, table.table() + "/" + inside);
    }

    public void write(TableWriterFactory table, InternalRow row) {
        writer(table, table.table()).write(row);
    }

    /** Writes a row into a folder of a table. */
    public void write(TableWriterFactory table, String inside, InternalRow row) {
        writer(table, table.table() + "/" + inside).write(row);
    }

    /** Where the rows of a table go. */
    public Consumer<InternalRow> to(TableWriterFactory table) {
        return row -> write(table, row);
    }

    private OutputWriter writer(TableWriterFactory table, String place) {
        OutputWriter known = open.get(place);
        if (known != null) {
            return known;
        }
        if (open.size() == MOST_OPEN) {
            open.remove(open.keySet().iterator().next()).close();
        }
        tables.add(table.table());
        OutputWriter writer = table.open(folder + "/" + place, partition, files++);
        open.put(place, writer);
        return writer;
    }

    /** Closes all files, and names their tables. */
    public List<String> finish() {
        close();
        return List.copyOf(tables);
    }

    @Override
    public void close() {
        open.values().forEach(OutputWriter::close);
        open.clear();
    }
}
