package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoltWintersTest {
    /** Level 12, season −2, 2; then 14 where 10 was expected. */
    @Test
    void oneSeasonAndADampedTrendByHand() {
        HoltWinters model = HoltWinters.of(new Smoothing(0.5, 0.25, 0.5, 0.1), 2);
        model.observe(10);
        assertEquals(OptionalDouble.empty(), model.forecast(1));
        model.observe(14);
        assertArrayEquals(new double[] {10, 14, 10}, ahead(model, 3));
        model.observe(14);
        assertArrayEquals(new double[] {14 + 0.5 + 2, 14 + 0.75 - 1.6}, ahead(model, 2), 1e-12);
    }

    /** Level 3, the season of two −1, 1, that of four −1, −2, 1, 2; then 5 where 1 was expected. */
    @Test
    void twoSeasonsByHand() {
        HoltWinters model = HoltWinters.of(new Smoothing(0.5, 0, 0, 0.25), 2, 4);
        observe(model, 1, 2, 3, 6);
        assertArrayEquals(new double[] {1, 2, 3, 6, 1}, ahead(model, 5));
        model.observe(5);
        assertArrayEquals(new double[] {4, 6, 8, 5}, ahead(model, 4));
    }

    @Test
    void aMissingValueCarriesOnWithoutAnError() {
        HoltWinters model = HoltWinters.of(new Smoothing(0.5, 0.25, 0.5, 0.1), 2);
        observe(model, 10, 14, 14);
        double[] before = ahead(model, 3);
        model.observe(Double.NaN);
        assertArrayEquals(new double[] {before[1], before[2]}, ahead(model, 2), 1e-12);
    }

    @Test
    void aDayAndAWeekOfItsOwnAreForecastExactly() {
        SeasonalHoltWinters model = SeasonalHoltWinters.of(24);
        IntStream.range(0, 24 * 21).forEach(hour -> model.observe(week(hour)));
        assertTrue(model.seasons().daily());
        assertTrue(model.seasons().weekly());
        for (int ahead = 1; ahead <= 24 * 7; ahead++) {
            assertEquals(week(24 * 21 + ahead - 1), model.forecast(ahead).orElseThrow(), 1e-6);
        }
    }

    /** Two thirds as much on two days of seven. */
    private static double week(int hour) {
        double day = 30 + 20 * Math.sin(2 * Math.PI * hour / 24);
        return hour / 24 % 7 < 5 ? day : day * 2 / 3;
    }

    @Test
    void aTrendIsFittedWhereThereIsOne() {
        HoltWinters model = SmoothingFit.fitted(
                IntStream.range(0, 200).mapToDouble(i -> 5 + 3 * i).toArray());
        assertEquals(5 + 3 * 200, model.forecast(1).orElseThrow(), 1);
    }

    @Test
    void mistakesAreToldInASentence() {
        Smoothing smoothing = new Smoothing(0.5, 0.1, 0.9, 0.1);
        assertEquals(
                "the periods are [4, 2] steps, expected from 2 on, shorter ones first",
                assertThrows(IllegalArgumentException.class, () -> HoltWinters.of(smoothing, 4, 2))
                        .getMessage());
        assertEquals(
                "the smoothing of the season is 0.6, expected 0 to 0.5",
                assertThrows(IllegalArgumentException.class, () -> new Smoothing(0.5, 0, 0, 0.6))
                        .getMessage());
    }

    private static void observe(Forecaster forecaster, double... values) {
        for (double value : values) {
            forecaster.observe(value);
        }
    }

    private static double[] ahead(Forecaster forecaster, int steps) {
        return IntStream.rangeClosed(1, steps)
                .mapToDouble(step -> forecaster.forecast(step).orElseThrow())
                .toArray();
    }
}
