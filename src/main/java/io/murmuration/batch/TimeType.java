package io.murmuration.batch;

import java.io.Serializable;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What the time of observations is, and how it stands in results: the type of the input. */
enum TimeType implements Serializable {
    INTEGER(DataTypes.IntegerType),
    LONG(DataTypes.LongType),
    TIMESTAMP(DataTypes.TimestampType);

    private final DataType type;

    TimeType(DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }

    /** Writes a time, an integer or microseconds since the epoch, into a column. */
    void put(WritableColumnVector column, int row, long time) {
        if (this == INTEGER) {
            column.putInt(row, (int) time);
        } else {
            column.putLong(row, time);
        }
    }

    /** How a time is shown to people. */
    String show(long time) {
        return this == TIMESTAMP
                ? java.time.Instant.EPOCH
                        .plus(time, java.time.temporal.ChronoUnit.MICROS)
                        .toString()
                : Long.toString(time);
    }
}
