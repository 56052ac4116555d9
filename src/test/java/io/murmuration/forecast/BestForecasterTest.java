package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BestForecasterTest {
    private static final int DAY = 24;

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void aWalkIsForecastByItsLastValue() {
        double[] at = {1000};
        assertEquals("last-value", chosen(i -> at[0] += random.nextGaussian()));
    }

    /** Of exponential noise the median errs by ln 2 on average, a mean by 2 / e. */
    @Test
    void lopsidedNoiseIsForecastByItsMedian() {
        assertEquals("quantile-0.5", chosen(i -> -Math.log(1 - random.nextDouble())));
    }

    @Test
    void anIrregularDayThatRepeatsIsForecastByTheDayBefore() {
        assertEquals("yesterday", chosen(i -> i % DAY * 7 % 11));
    }

    @Test
    void aDayUnderNoiseIsForecastByHoltWinters() {
        assertEquals(
                "holt-winters", chosen(i -> 50 + 20 * Math.sin(2 * Math.PI * i / DAY) + 3 * random.nextGaussian()));
    }

    @Test
    void anOscillationThatDiesOutIsForecastByAnAutoregression() {
        double[] at = {0, 0};
        assertEquals("autoregression", chosen(i -> {
            double next = 0.9 * at[0] - 0.9 * at[1] + random.nextGaussian();
            at[1] = at[0];
            at[0] = next;
            return 100 + next;
        }));
    }

    private static String chosen(IntToDoubleFunction series) {
        BestForecaster best = BestForecaster.of(
                List.of(
                        new LastValue(),
                        RecentQuantile.of(0.5, 5 * DAY),
                        SeasonalNaive.of("yesterday", DAY),
                        SeasonalHoltWinters.of(DAY),
                        Autoregression.of(4, 20 * DAY)),
                3,
                10 * DAY);
        for (int i = 0; i < 40 * DAY; i++) {
            best.observe(series.applyAsDouble(i));
        }
        return best.name();
    }

    /** Two steps ahead the last value of 10, 12, 9, 18 errs by −1 and by 6, relative to 10 and 12: −0.1 and 0.5. */
    @Test
    void errorsByHand() {
        ForecastErrors errors = ForecastErrors.of(2, 5);
        assertEquals(OptionalDouble.empty(), errors.meanAbsolute());
        for (double value : new double[] {10, 12, 9, 18}) {
            errors.observe(value, OptionalDouble.of(value));
        }
        errors.observe(Double.NaN, OptionalDouble.empty());
        assertEquals(2, errors.count());
        assertEquals(3.5, errors.meanAbsolute().orElseThrow());
        assertEquals(0.2, errors.relativeQuantile(0.5).orElseThrow(), 1e-12);
    }

    /** The errors of the last value of 10, 12, 9, 18 a step ahead are 0.2, −0.25 and 1, relative to it. */
    @Test
    void theIntervalIsThatOfTheErrorsMade() {
        BestForecaster best = BestForecaster.of(List.of(new LastValue()), 1, 9);
        for (double value : new double[] {10, 12, 9, 18}) {
            best.observe(value);
        }
        assertEquals(
                new Forecast(18, 18 * 0.75, 36, "last-value", 14.0 / 3),
                best.best(1).orElseThrow());
        assertEquals(18 * 1.2, best.best(0.5).orElseThrow().upper(), 1e-12);
    }
}
