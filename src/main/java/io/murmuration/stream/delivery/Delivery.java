package io.murmuration.stream.delivery;

import io.murmuration.batch.CallerException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Where results go besides the output folder. Every micro-batch is delivered, at least once: again where the stream went
 * down before it was in Spark's books. Runs on the driver.
 */
public interface Delivery {
    /**
     * Makes ready before the first micro-batch.
     *
     * @param results the columns that come
     * @param keys those of them that tell rows apart
     * @throws CallerException if results cannot go there
     */
    void begin(SparkSession session, StructType results, List<String> keys);

    /**
     * Delivers the results of a micro-batch.
     *
     * @param results as they are in the output folder
     * @param batch its number
     */
    void deliver(Dataset<Row> results, long batch);
}
