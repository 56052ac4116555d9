package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Draws are Philox4x32-10")
class DrawsTest {

    @Test
    void givesThePublishedAnswers() {
        // kat_vectors of Random123 1.14, the first two words of each answer.
        assertEquals(words(0x6627e8d5, 0xe169c58d), Draws.philox(0, 0, 0, 0, 0, 0));
        assertEquals(words(0x408f276d, 0x41c83b0e), Draws.philox(-1, -1, -1, -1, -1, -1));
        assertEquals(
                words(0xd16cfe09, 0x94fdcceb),
                Draws.philox(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
    }

    private static long words(int first, int second) {
        return ((long) second << 32) | (first & 0xFFFFFFFFL);
    }

    @Test
    void uniformNumbersFillTheUnitIntervalEvenly() {
        long[] counts = new long[20];
        double[] expected = new double[20];
        java.util.Arrays.fill(expected, 5000);
        for (int t = 0; t < 100_000; t++) {
            counts[(int) (20 * Draws.uniform(7, Draws.agentKey("a"), t, 0))]++;
        }
        assertTrue(new ChiSquareTest().chiSquareTest(expected, counts) > 0.001);
    }
}
