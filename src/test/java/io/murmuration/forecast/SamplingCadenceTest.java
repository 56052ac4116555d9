package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplingCadenceTest {
    private final SamplingCadence cadence = new SamplingCadence(SamplingCadence.LONGEST);
    private final Random random = new Random(1);

    @Test
    void aValueThatIsHeldForFiveStepsIsASampleOfFiveSteps() {
        samples(20, 5);
        assertEquals(5, cadence.period());
        assertEquals(0, cadence.remaining());
        cadence.observe(-1);
        assertTrue(cadence.isFresh());
        assertEquals(4, cadence.remaining());
        cadence.observe(-1);
        assertFalse(cadence.isFresh());
        assertEquals(3, cadence.remaining());
    }

    @Test
    void aSampleThatComesTwiceIsTwoSamples() {
        samples(20, 5);
        hold(-1, 10);
        samples(3, 5);
        assertEquals(5, cadence.period());
        hold(-1, 6);
        assertEquals(4, cadence.remaining());
    }

    @Test
    void aSeriesThatChangesAtEachStepHasNoCadence() {
        samples(100, 1);
        assertEquals(1, cadence.period());
        assertEquals(0, cadence.remaining());
        assertTrue(cadence.isFresh());
    }

    @Test
    void irregularChangesAreNoCadence() {
        for (int i = 0; i < 100; i++) {
            hold(random.nextDouble(), 1 + random.nextInt(9));
        }
        assertEquals(1, cadence.period());
    }

    @Test
    void aFewLateSamplesDoNotEndACadence() {
        samples(60, 5);
        hold(-1, 7);
        hold(-2, 3);
        samples(5, 5);
        assertEquals(5, cadence.period());
    }

    @Test
    void anotherCadenceIsFoundOnceTheOldOneIsPast() {
        samples(60, 5);
        samples(60, 7);
        assertEquals(7, cadence.period());
    }

    private void samples(int count, int steps) {
        for (int i = 0; i < count; i++) {
            hold(random.nextDouble(), steps);
        }
    }

    private void hold(double value, int steps) {
        for (int i = 0; i < steps; i++) {
            cadence.observe(value);
        }
    }
}
