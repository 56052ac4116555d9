package io.murmuration.stream;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.murmuration.stream.source.StreamSource;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The form in which rows come to where their agents' state is kept. */
public final class StreamRows {
    /** The key of the state partition. */
    static final String PARTITION = "partition";
    /** Whether the row asks for what is held. */
    private static final String FLUSHES = "flush";
    /** The row as the kernels take it. */
    private static final String KEYED_ROW = "keyed";

    /** Places in such a row. */
    public static final int KEY = 0;

    static final int FLUSH = 1;

    public static final int KEYED = 2;

    private StreamRows() {}

    /**
     * Rows of observations.
     *
     * @param keyed model, agent, time, state, the row as read, and when it came to its source
     */
    public static Dataset<Row> of(Dataset<Row> keyed, StatePartitions partitions) {
        Column[] all = {col("model"), col("agent"), col("t"), col("state"), col("raw"), col(StreamSource.ARRIVED)};
        return keyed.select(
                partitions.key().as(PARTITION),
                lit(false).as(FLUSHES),
                struct(all).as(KEYED_ROW));
    }

    /**
     * Rows that ask every state partition for what it holds, one a row that is given.
     *
     * @param schema of rows of observations
     */
    static Dataset<Row> flushes(Dataset<Row> requests, StatePartitions partitions, StructType schema) {
        return requests.select(explode(partitions.all()).as(PARTITION))
                .select(
                        col(PARTITION),
                        lit(true).as(FLUSHES),
                        lit(null).cast(schema.apply(KEYED_ROW).dataType()).as(KEYED_ROW));
    }
}
