package io.murmuration.stream.dstream;

import static org.apache.spark.sql.functions.col;

import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.ObservationSource;
import io.murmuration.stream.StatePartitions;
import io.murmuration.stream.StreamRows;
import io.murmuration.stream.source.StreamSource;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files of lines as keyed rows.
 *
 * @param session of Spark
 * @param lines what they hold
 * @param columns what is called what
 * @param partitions of the state
 */
record LineRows(
        SparkSession session, StreamSource.Lines lines, ObservationColumns columns, StatePartitions partitions) {

    /** By which Spark's own sources say so. */
    private static final String GLOB_PATHS = "__globPaths__";

    /** What rows look like, of no file at all. */
    ObservationSource form() {
        return source(session.createDataset(List.<String>of(), Encoders.STRING())
                .selectExpr("value", "current_timestamp() as timestamp"));
    }

    /**
     * The rows of files, in the form of {@link StreamRows}.
     *
     * @param paths of the files, which are what they look like: no globs
     */
    Dataset<Row> of(String... paths) {
        Dataset<Row> text = session.read()
                .option(GLOB_PATHS, "false")
                .text(paths)
                .selectExpr("value", "_metadata.file_modification_time as timestamp");
        return StreamRows.of(source(text).rows(), partitions);
    }

    private ObservationSource source(Dataset<Row> text) {
        StreamSource.Opened opened = lines.form().open(session, text, lines.fleet());
        return ObservationSource.of(opened.rows(), opened.sample(), columns, lines.fleet(), col(StreamSource.ARRIVED));
    }
}
