package io.murmuration.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A simulation stays within its bytes, whatever of it is wide or long")
class LoopSizeTest {
    private static final long BUDGET = 32L << 20;

    @ParameterizedTest
    @CsvSource({
        "100, 1000, 10, 128, 10",
        "100, 1000, 2147483647, 1, 335544",
        "80000, 1000, 100, 4, 100",
        "80000, 1000, 1000, 1, 419",
        "100, 10000000, 10, 3, 10",
        "8000000000, 8000000000, 10, 1, 1"
    })
    void bytes(long stepBytes, long laneBytes, int steps, int lanes, int room) {
        LoopSize size = LoopSize.of(stepBytes, laneBytes, steps);
        assertEquals(new LoopSize(lanes, room), size);
        assertTrue(size.lanes() * (size.room() * stepBytes) <= BUDGET || size.room() == 1);
    }
}
