package io.murmuration.stream.delivery;

import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Shows the first rows of each micro-batch to whoever watches.
 *
 * @param out where it is shown
 */
public record ConsoleDelivery(PrintWriter out) implements Delivery {
    private static final int ROWS = 20;
    /** A cell that is wider is cut. */
    private static final int WIDTH = 40;

    @Override
    public void begin(SparkSession session, StructType results, List<String> keys) {
        // Whatever comes can be shown.
    }

    @Override
    public void deliver(Dataset<Row> results, long batch) {
        out.printf("batch %,d%n", batch);
        out.print(((org.apache.spark.sql.classic.Dataset<Row>) results).showString(ROWS, WIDTH, false));
        out.flush();
    }
}
