package io.murmuration.stream;

import io.murmuration.batch.CallerException;
import io.murmuration.stream.agent.KeyedRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.streaming.MapState;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows of a state partition that wait for the watermark. Time is cut into slots; what a micro-batch brings for a slot is
 * one chunk, so that nothing that was written is written again, and a slot is let go as a whole when the watermark has
 * passed its end.
 */
final class HeldRows {
    /** The version of a chunk's bytes. */
    private static final byte VERSION = 1;
    /** Micro-batches whose chunks of a slot stand apart; with the shortest slots, every time still has a chunk's number. */
    private static final int BATCHES = 1 << 16;
    /** The shortest slot, in microseconds. */
    static final long LEAST_SLOT_MICROS = 100_000;

    private final MapState<Long, byte[]> chunks;
    private final long slotMicros;

    /**
     * @param chunks by slot and micro-batch
     * @param slotMicros at least {@link #LEAST_SLOT_MICROS}
     */
    HeldRows(MapState<Long, byte[]> chunks, long slotMicros) {
        this.chunks = chunks;
        this.slotMicros = slotMicros;
    }

    /** The end of the slot of a time, exclusive, in microseconds, or the last time of all. */
    long end(long time) {
        return endOf(slot(time));
    }

    /** The start of the slot of a time. */
    long start(long time) {
        long slot = slot(time);
        return slot <= Long.MIN_VALUE / slotMicros ? Long.MIN_VALUE : slot * slotMicros;
    }

    private long endOf(long slot) {
        return slot >= Long.MAX_VALUE / slotMicros ? Long.MAX_VALUE : (slot + 1) * slotMicros;
    }

    private long slot(long time) {
        return Math.floorDiv(time, slotMicros);
    }

    /** Keeps rows of a micro-batch. */
    void keep(List<KeyedRow> rows, long batch) {
        Map<Long, List<KeyedRow>> slots = new TreeMap<>();
        rows.forEach(row -> slots.computeIfAbsent(slot(row.time()), slot -> new ArrayList<>())
                .add(row));
        slots.forEach((slot, members) -> {
            long chunk = slot * BATCHES + batch % BATCHES;
            if (chunks.containsKey(chunk)) {
                decode(chunks.getValue(chunk), members);
            }
            chunks.updateValue(chunk, encode(members));
        });
    }

    /** Lets go of all rows in slots that end at a time or before. */
    List<KeyedRow> release(long until) {
        List<Long> due = new ArrayList<>();
        CollectionConverters.asJava(chunks.keys()).forEachRemaining(chunk -> {
            if (endOf(Math.floorDiv(chunk, (long) BATCHES)) <= until) {
                due.add(chunk);
            }
        });
        List<KeyedRow> rows = new ArrayList<>();
        for (Long chunk : due) {
            decode(chunks.getValue(chunk), rows);
            chunks.removeKey(chunk);
        }
        return rows;
    }

    private static byte[] encode(List<KeyedRow> rows) {
        int size = 1
                + rows.stream()
                        .mapToInt(row -> 2 * Integer.BYTES + row.row().getSizeInBytes())
                        .sum();
        ByteBuffer bytes = ByteBuffer.allocate(size).put(VERSION);
        for (KeyedRow row : rows) {
            byte[] of = row.row().getBytes();
            bytes.putInt(row.row().numFields()).putInt(of.length).put(of);
        }
        return bytes.array();
    }

    private static void decode(byte[] chunk, List<KeyedRow> rows) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk);
        byte version = bytes.get();
        if (version != VERSION) {
            throw new CallerException("The checkpoint holds rows in version " + version
                    + ", but this program reads version " + VERSION + ": go on with the program that wrote it");
        }
        while (bytes.hasRemaining()) {
            UnsafeRow row = new UnsafeRow(bytes.getInt());
            byte[] of = new byte[bytes.getInt()];
            bytes.get(of);
            row.pointTo(of, of.length);
            rows.add(KeyedRow.of(row));
        }
    }
}
