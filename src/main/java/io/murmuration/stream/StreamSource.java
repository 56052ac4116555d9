package io.murmuration.stream;

import io.murmuration.batch.FollowedFolder;
import io.murmuration.batch.InputTable;
import io.murmuration.batch.TableFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where a stream's observations come from. */
public sealed interface StreamSource {
    /** Column of the time at which a row came to the source. */
    String ARRIVED = "@arrived";

    /**
     * An unbounded table.
     *
     * @param rows that keep coming, with a column {@link #ARRIVED}
     * @param sample a bounded table with the same columns, which tells of what type they are
     */
    record Opened(Dataset<Row> rows, Dataset<Row> sample) {}

    Opened open(SparkSession session);

    /**
     * What came after a time, and waits to be taken.
     *
     * @param micros since the epoch
     */
    default Backlog waiting(SparkSession session, long micros) {
        return Backlog.UNKNOWN;
    }

    /**
     * Files that are put into a folder, whole, by renaming them; one that was read is not read again if it changes.
     *
     * @param path of the folder, or a glob of folders
     * @param format empty to go by the files' names
     * @param maxFiles files a micro-batch; empty for as many as there are
     */
    record Folder(String path, Optional<TableFormat> format, OptionalInt maxFiles) implements StreamSource {
        /** Spark passes over files that are older than the newest by more than this, which is a week unless told. */
        private static final String ANY_AGE = "36500d";

        @Override
        public Opened open(SparkSession session) {
            TableFormat actual = InputTable.format(session, path, format);
            Dataset<Row> sample = InputTable.open(session, path, Optional.of(actual));
            Map<String, String> options = new TreeMap<>(Map.of("maxFileAge", ANY_AGE));
            maxFiles.ifPresent(files -> options.put("maxFilesPerTrigger", Integer.toString(files)));
            return new Opened(FollowedFolder.open(session, path, actual, sample, options, ARRIVED), sample);
        }

        /** Spark takes files in the order of their times. */
        @Override
        public Backlog waiting(SparkSession session, long micros) {
            return Backlog.of(InputTable.filesAfter(session, path, TimeUnit.MICROSECONDS.toMillis(micros)), "file");
        }
    }
}
