package io.murmuration.stream;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The form in which rows come to where their agents' state is kept. */
final class StreamRows {
    /** The key of the state partition. */
    static final String PARTITION = "partition";
    /** The row as the kernels take it. */
    static final String KEYED_ROW = "keyed";

    /** Places in such a row. */
    static final int FLUSH = 1;

    static final int KEYED = 2;

    private StreamRows() {}

    /**
     * Rows of observations.
     *
     * @param keyed model, agent, time, state, the row as read, and when it came to its source
     */
    static Dataset<Row> of(Dataset<Row> keyed, StatePartitions partitions) {
        Column[] all = {col("model"), col("agent"), col("t"), col("state"), col("raw"), col(StreamSource.ARRIVED)};
        return keyed.select(
                partitions.key().as(PARTITION),
                lit(false).as("flush"),
                struct(all).as(KEYED_ROW));
    }
}
