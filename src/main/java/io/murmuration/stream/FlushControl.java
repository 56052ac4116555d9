package io.murmuration.stream;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.murmuration.batch.OutputFolder;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
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

    /** The rows of the source, in the form of {@link StreamRows}. */
    Dataset<Row> rows(SparkSession session, StatePartitions partitions, DataType keyed) {
        checkpoint.makeFolder(FOLDER);
        Column[] keys =
                Arrays.stream(partitions.keys()).mapToObj(key -> lit(key)).toArray(Column[]::new);
        return session.readStream()
                .schema(FORM)
                .json(checkpoint.path(FOLDER))
                .select(explode(array(keys)).as(StreamRows.PARTITION))
                .select(
                        col(StreamRows.PARTITION),
                        lit(true).as("flush"),
                        lit(null).cast(keyed).as("keyed"));
    }

    /** Asks for it once, after a micro-batch. */
    void request(long batch) {
        checkpoint.write(FOLDER + "/after-" + batch + ".json", "{\"reason\": \"all that is there was done\"}\n");
    }
}
