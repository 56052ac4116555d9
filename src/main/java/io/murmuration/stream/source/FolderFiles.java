package io.murmuration.stream.source;

import io.murmuration.batch.InputTable;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a folder that a stream follows.
 *
 * @param path of the folder, or a glob of folders
 * @param maxFiles files a micro-batch; empty for as many as there are
 */
public record FolderFiles(String path, OptionalInt maxFiles) {
    /** Spark passes over files that are older than the newest by more than this, which is a week unless told. */
    private static final String ANY_AGE = "36500d";

    /** What Spark is told of them. */
    Map<String, String> options() {
        Map<String, String> options = new TreeMap<>(Map.of("maxFileAge", ANY_AGE));
        maxFiles.ifPresent(files -> options.put("maxFilesPerTrigger", Integer.toString(files)));
        return options;
    }

    /**
     * Those that were changed after a time: Spark takes files in the order of their times.
     *
     * @param micros since the epoch
     */
    Backlog waiting(SparkSession session, long micros) {
        return new Backlog(InputTable.filesAfter(session, path, TimeUnit.MICROSECONDS.toMillis(micros)), "file");
    }
}
