package io.murmuration.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.batch.CallerException;
import io.murmuration.stream.agent.KeyedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

class HeldRowsTest {
    private static final long SLOT = HeldRows.LEAST_SLOT_MICROS;
    private static final StructType FORM = new StructType()
            .add("model", DataTypes.StringType)
            .add("agent", DataTypes.StringType)
            .add("t", DataTypes.LongType)
            .add("state", DataTypes.BinaryType)
            .add("raw", new StructType().add("number", DataTypes.LongType));
    private static final UnsafeProjection ROWS = UnsafeProjection.create(FORM);

    @Property(tries = 200)
    @Label("What was kept is let go once, as it was, and not before the watermark has passed the end of its slot")
    void once(
            @ForAll @Size(max = 12) List<@Size(max = 20) List<@LongRange(min = -3_000_000, max = 3_000_000) Long>> batches,
            @ForAll @LongRange(min = 0, max = 400_000) long pace) {
        HeldRows held = new HeldRows(new FakeMapState<>(), SLOT);
        List<Long> kept = new ArrayList<>();
        List<Long> released = new ArrayList<>();
        Set<Long> places = new HashSet<>();
        long watermark = Long.MIN_VALUE;
        for (int batch = 0; batch < batches.size(); batch++) {
            for (KeyedRow row : held.release(watermark)) {
                assertTrue(held.end(row.time()) <= watermark, () -> "too early: " + row.time());
                assertTrue(places.add(place(row)), "let go twice");
                released.add(row.time());
            }
            List<KeyedRow> rows = new ArrayList<>();
            for (Long time : batches.get(batch)) {
                if (held.end(time) > watermark) {
                    rows.add(row(time, kept.size()));
                    kept.add(time);
                }
            }
            held.keep(rows, batch);
            watermark = batch == 0 ? -1_000_000 : watermark + pace;
        }
        for (KeyedRow row : held.release(Long.MAX_VALUE)) {
            assertTrue(places.add(place(row)), "let go twice");
            released.add(row.time());
        }
        kept.sort(Comparator.naturalOrder());
        released.sort(Comparator.naturalOrder());
        assertEquals(kept, released);
    }

    @Property(tries = 200)
    @Label("No time is too early or too late for a slot")
    void anyTime(@ForAll long time, @ForAll @LongRange(min = 0, max = 1L << 40) long batch) {
        HeldRows held = new HeldRows(new FakeMapState<>(), SLOT);
        assertTrue(held.end(time) > time || time == Long.MAX_VALUE);
        assertTrue(held.start(time) <= time);
        held.keep(List.of(row(time, 0)), batch);
        assertTrue(held.release(held.end(time) - 1).isEmpty());
        assertEquals(time, held.release(held.end(time)).get(0).time());
    }

    @Example
    @Label("Micro-batches so many apart that their chunks have one number share it")
    void sharedChunk() {
        HeldRows held = new HeldRows(new FakeMapState<>(), SLOT);
        held.keep(List.of(row(5, 1)), 3);
        held.keep(List.of(row(6, 2)), 3 + (1 << 16));
        assertEquals(2, held.release(SLOT).size());
    }

    @Example
    @Label("Rows held by another version are refused with a sentence")
    void otherVersion() {
        FakeMapState<Long, byte[]> chunks = new FakeMapState<>();
        chunks.updateValue(0L, new byte[] {9, 0});
        CallerException refused =
                assertThrows(CallerException.class, () -> new HeldRows(chunks, SLOT).release(Long.MAX_VALUE));
        assertFalse(refused.getMessage().contains("\n"));
    }

    private static long place(KeyedRow row) {
        return row.raw(1).getLong(0);
    }

    private static KeyedRow row(long time, long number) {
        return KeyedRow.of(ROWS.apply(new GenericInternalRow(new Object[] {
                    null, UTF8String.fromString("a"), time, null, new GenericInternalRow(new Object[] {number})
                }))
                .copy());
    }
}
