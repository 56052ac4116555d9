package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeasonFinderTest {
    private static final int DAY = 48;

    private final SplittableRandom random = new SplittableRandom(11);

    /** The variance of the wave is 50, that of the noise 4, so that r is about 50 / 54. */
    @Test
    void aDayIsFoundInNoiseAndNoWeekWithIt() {
        Seasons seasons = find(14, i -> 30 + 10 * Math.sin(2 * Math.PI * i / DAY) + 2 * random.nextGaussian());
        assertTrue(seasons.daily());
        assertFalse(seasons.weekly());
        assertEquals(50.0 / 54, seasons.dayCorrelation(), 0.03);
        assertArrayEquals(new int[] {DAY}, seasons.periods());
    }

    @Test
    void aWeekIsFoundWhereDaysOfTheWeekDiffer() {
        Seasons seasons = find(14, i -> {
            double day = 30 + 10 * Math.sin(2 * Math.PI * i / DAY);
            return (i / DAY % 7 < 5 ? day : day * 0.7) + random.nextGaussian();
        });
        assertArrayEquals(new int[] {DAY, 7 * DAY}, seasons.periods());
    }

    @Test
    void noiseADriftAndAConstantHaveNoSeason() {
        assertArrayEquals(new int[0], find(14, i -> 30 + random.nextGaussian()).periods());
        assertArrayEquals(
                new int[0], find(14, i -> 3 * i + random.nextGaussian()).periods());
        assertArrayEquals(new int[0], find(14, i -> 5).periods());
    }

    @Test
    void twoOfASeasonAreNeededToSeeIt() {
        IntToDoubleFunction wave = i -> Math.sin(2 * Math.PI * i / DAY);
        assertTrue(Double.isNaN(find(1, wave).dayCorrelation()));
        assertTrue(find(2, wave).daily());
        assertTrue(Double.isNaN(find(13, wave).weekCorrelation()));
    }

    @Test
    void missingValuesArePassedOver() {
        Seasons seasons = find(4, i -> i % 5 == 0 ? Double.NaN : Math.sin(2 * Math.PI * i / DAY));
        assertEquals(1, seasons.dayCorrelation(), 1e-9);
    }

    private static Seasons find(int days, IntToDoubleFunction series) {
        double[] values = new double[days * DAY];
        for (int i = 0; i < values.length; i++) {
            values[i] = series.applyAsDouble(i);
        }
        return SeasonFinder.of(DAY).find(values);
    }
}
