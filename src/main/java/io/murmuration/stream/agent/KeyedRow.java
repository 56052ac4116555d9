package io.murmuration.stream.agent;

import io.murmuration.batch.KeyedRows;
import java.util.Comparator;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A keyed row of observations, in memory.
 *
 * @param model the name of its model; null where it names none
 * @param agent its agent; null where it names none
 * @param time of the observation; 0 where the row has none
 * @param timed whether it has a time
 * @param row model, agent, time, state, the row as read, and when it came to its source
 */
public record KeyedRow(UTF8String model, UTF8String agent, long time, boolean timed, UnsafeRow row) {
    /** Columns of the row. */
    public static final int WIDTH = KeyedRows.RAW + 2;

    private static final int ARRIVED = KeyedRows.RAW + 1;

    private static final long SEED = 42;
    private static final Comparator<UTF8String> NULLS_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());

    /** By model, agent and time. */
    static final Comparator<KeyedRow> ORDER = Comparator.comparing(KeyedRow::model, NULLS_FIRST)
            .thenComparing(KeyedRow::agent, NULLS_FIRST)
            .thenComparing(KeyedRow::timed)
            .thenComparingLong(KeyedRow::time);

    /** @param row whose bytes nobody else changes */
    public static KeyedRow of(UnsafeRow row) {
        boolean timed = !row.isNullAt(KeyedRows.TIME);
        return new KeyedRow(
                row.isNullAt(KeyedRows.MODEL) ? null : row.getUTF8String(KeyedRows.MODEL),
                row.isNullAt(KeyedRows.AGENT) ? null : row.getUTF8String(KeyedRows.AGENT),
                timed ? row.getLong(KeyedRows.TIME) : 0,
                timed,
                row);
    }

    boolean isOfSameAgent(KeyedRow other) {
        return NULLS_FIRST.compare(model, other.model) == 0 && NULLS_FIRST.compare(agent, other.agent) == 0;
    }

    /** When it came to its source, in microseconds since the epoch; empty where the source does not tell. */
    OptionalLong arrived() {
        return row.isNullAt(ARRIVED) ? OptionalLong.empty() : OptionalLong.of(row.getLong(ARRIVED));
    }

    /** The row as read. */
    public UnsafeRow raw(int columns) {
        return row.getStruct(KeyedRows.RAW, columns);
    }

    /** Of the row as read. */
    long digest(int columns) {
        UnsafeRow raw = raw(columns);
        return XXH64.hashUnsafeBytes(raw.getBaseObject(), raw.getBaseOffset(), raw.getSizeInBytes(), SEED);
    }
}
