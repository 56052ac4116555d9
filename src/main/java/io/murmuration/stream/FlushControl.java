package io.murmuration.stream;

import io.murmuration.batch.OutputFolder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Has every state partition let go of the rows that it holds: by a row of its own, which comes from a source of its own,
 * so that Spark's books tell of it as of any other, and a micro-batch that is done again does it again.
 */
final class FlushControl {
    private static final String FOLDER = "control";
    private static final StructType FORM = new StructType().add("reason", DataTypes.StringType);

    private final OutputFolder checkpoint;

    FlushControl(OutputFolder checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** A row a request. */
    Dataset<Row> requests(SparkSession session) {
        checkpoint.makeFolder(FOLDER);
        return session.readStream().schema(FORM).json(checkpoint.path(FOLDER));
    }

    /** Asks for it once, after a micro-batch. */
    void request(long batch) {
        checkpoint.write(FOLDER + "/after-" + batch + ".json", "{\"reason\": \"all that is there was done\"}\n");
    }
}
