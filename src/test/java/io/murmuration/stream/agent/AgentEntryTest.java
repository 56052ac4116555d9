package io.murmuration.stream.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.batch.CallerException;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.UniqueElements;

class AgentEntryTest {
    private static final AgentState STATE =
            new AgentState(7, new double[] {0.1, 0.9}, new double[] {1}, AgentState.NONE, new double[] {3, 4});

    @Property(tries = 300)
    @Label("An entry is read as it was written, whatever the times of its rows")
    void asWritten(@ForAll @UniqueElements List<Long> times, @ForAll long seen) {
        RecentRows recent = RecentRows.NONE;
        List<Long> sorted = times.stream().sorted().toList();
        for (Long time : sorted) {
            recent = recent.plus(time, time * 31);
        }
        long last = sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1);
        AgentEntry read = AgentEntry.decode(new AgentEntry(last, seen, recent, new byte[] {1, 2}, STATE).encode());
        assertEquals(last, read.time());
        assertEquals(seen, read.seenMillis());
        assertArrayEquals(new byte[] {1, 2}, read.surprises());
        assertArrayEquals(AgentStateCodec.encode(STATE), AgentStateCodec.encode(read.state()));
        for (int i = 0; i < sorted.size(); i++) {
            boolean among = i >= sorted.size() - RecentRows.MOST;
            assertEquals(among, read.recent().holds(sorted.get(i), sorted.get(i) * 31));
            assertFalse(read.recent().holds(sorted.get(i), sorted.get(i) * 31 + 1), "another row of that time");
        }
    }

    @Example
    @Label("An entry of the first version is read: its last row is known again")
    void firstVersion() {
        byte[] state = AgentStateCodec.encode(STATE);
        byte[] first = ByteBuffer.allocate(17 + state.length)
                .put((byte) 1)
                .putLong(-5)
                .putLong(0x123456789ABCL)
                .put(state)
                .array();
        AgentEntry read = AgentEntry.decode(first);
        assertEquals(-5, read.time());
        assertTrue(read.recent().holds(-5, 0x123456789ABCL));
        assertEquals(7, read.state().steps());
    }

    @Example
    @Label("Another version, and bytes that are cut, are refused with a sentence")
    void refused() {
        byte[] entry = new AgentEntry(1, 2, RecentRows.NONE.plus(1, 1), new byte[0], STATE).encode();
        for (int length = 0; length < entry.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(entry, length);
            assertThrows(CallerException.class, () -> AgentEntry.decode(cut));
        }
        entry[0] = 9;
        assertTrue(assertThrows(CallerException.class, () -> AgentEntry.decode(entry))
                .getMessage()
                .startsWith("The checkpoint keeps an agent in version 9, but this program reads versions 1 to 2"));
    }

    @Example
    @Label("Sixteen rows a second apart take 8 bytes each, or less")
    void small() {
        RecentRows recent = RecentRows.NONE;
        for (int i = 0; i < 40; i++) {
            recent = recent.plus(1_700_000_000_000_000L + i * 1_000_000L, i * 0x9E3779B97F4A7C15L);
        }
        assertTrue(recent.encode(1_700_000_000_000_000L + 39_000_000L).length <= 8 * RecentRows.MOST);
    }
}
