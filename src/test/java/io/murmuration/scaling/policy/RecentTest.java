package io.murmuration.scaling.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent recent = new Recent(Duration.ofSeconds(30));

    private void addAt(long millis) {
        recent.add(Instant.ofEpochMilli(millis), (double) millis);
    }

    @Test
    void bothEndsOfTheWhileAreInIt() {
        addAt(0);
        addAt(15_000);
        addAt(30_000);
        assertArrayEquals(new double[] {0, 15_000, 30_000}, recent.values().toArray());
        addAt(30_001);
        assertArrayEquals(new double[] {15_000, 30_000, 30_001}, recent.values().toArray());
    }

    @Test
    void datedAnewValuesStayForAWhileFromThen() {
        addAt(60_000);
        addAt(90_000);
        recent.date(Instant.ofEpochMilli(15_000));
        assertFalse(recent.isFull());
        addAt(45_000);
        assertTrue(recent.isFull());
        assertArrayEquals(new double[] {60_000, 90_000, 45_000}, recent.values().toArray());
        addAt(45_001);
        assertArrayEquals(new double[] {45_000, 45_001}, recent.values().toArray());
    }

    @Test
    void itIsFullAfterTheWhileWhateverTheTicks() {
        for (int tick = 0; tick < 3; tick++) {
            assertFalse(recent.isFull());
            addAt(tick * 14_999L);
        }
        assertFalse(recent.isFull());
        addAt(44_000);
        assertTrue(recent.isFull());
        recent.clear();
        addAt(45_000);
        assertFalse(recent.isFull());
    }
}
