package io.murmuration.batch;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.util.IntervalUtils;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;

/** What the time of observations is, and how it stands in results: the type of the input. */
public enum TimeType implements Serializable {
    INTEGER(DataTypes.IntegerType),
    LONG(DataTypes.LongType),
    TIMESTAMP(DataTypes.TimestampType);

    private static final long MICROSECONDS_A_DAY = 86_400_000_000L;

    // Spark's types are immutable, if not marked so.
    @SuppressWarnings("ImmutableEnumChecker")
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

    /**
     * The length of a step of time.
     *
     * @param text as a caller writes it: an integer, or where times are timestamps a duration such as {@code 5 minutes}
     * @return in the unit of the times, more than 0
     * @throws CallerException if it is none
     */
    long parseStep(String text) {
        try {
            long step = this == TIMESTAMP ? microseconds(text) : Long.parseLong(text);
            if (step > 0) {
                return step;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Told below, together with what is not positive.
        }
        throw new CallerException("--step is " + text + ", expected "
                + (this == TIMESTAMP
                        ? "a duration such as \"5 minutes\", since the times are timestamps"
                        : "an integer that is at least 1, since the times are integers"));
    }

    /**
     * Microseconds of a duration as Spark writes them, such as {@code 5 minutes}.
     *
     * @throws IllegalArgumentException if it is none; months and years are none, their lengths differ
     * @throws ArithmeticException if it is too long for a number
     */
    public static long microseconds(String text) {
        CalendarInterval interval = IntervalUtils.stringToInterval(UTF8String.fromString(text));
        if (interval.months != 0) {
            throw new IllegalArgumentException("Months have no fixed length");
        }
        return Math.addExact(Math.multiplyExact(interval.days, MICROSECONDS_A_DAY), interval.microseconds);
    }

    /** How a time is written where people and programs read it: a number, or a timestamp's text. */
    public Object written(long time) {
        return this == TIMESTAMP ? (Object) show(time) : (Object) time;
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
