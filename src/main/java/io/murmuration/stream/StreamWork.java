package io.murmuration.stream;

import io.murmuration.batch.PartitionInference;
import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/**
 * What every task of a stream is told.
 *
 * @param inference what is done with rows
 * @param tables that are written
 * @param folder where attempts write
 * @param rows the form of {@link StreamRows}
 * @param slotMicros length of the slots in which rows wait for the watermark; 0 where none wait
 */
record StreamWork(PartitionInference inference, StreamTables tables, String folder, StructType rows, long slotMicros)
        implements Serializable {

    boolean holds() {
        return slotMicros > 0;
    }
}
