package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of every forecaster. */
class ForecasterLawsTest {
    private static final Smoothing SMOOTHING = new Smoothing(0.4, 0.1, 0.9, 0.3);

    /** A way to begin a forecaster, with its name for a failure. */
    record Beginning(String name, Supplier<Forecaster> supplier) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Provide
    Arbitrary<Beginning> forecasters() {
        return Arbitraries.of(
                new Beginning("last value", LastValue::new),
                new Beginning("seasonal naive", () -> SeasonalNaive.of("yesterday", 4)),
                new Beginning("quantile", () -> RecentQuantile.of(0.9, 5)),
                new Beginning("smoothing", () -> HoltWinters.of(SMOOTHING)),
                new Beginning("one season", () -> HoltWinters.of(SMOOTHING, 4)),
                new Beginning("two seasons", () -> HoltWinters.of(SMOOTHING, 2, 6)),
                new Beginning("seasons found", () -> SeasonalHoltWinters.of(4)),
                new Beginning("autoregression", () -> Autoregression.of(2, 24)),
                new Beginning("resampled", () -> Resampled.of(new LastValue(), 3)),
                new Beginning(
                        "best", () -> BestForecaster.of(List.of(new LastValue(), RecentQuantile.of(0.5, 5)), 2, 8)));
    }

    @Property(tries = 200)
    @Label("A constant is forecast to go on")
    void constants(
            @ForAll("forecasters") Beginning beginning,
            @ForAll @DoubleRange(min = 0, max = 1e6) double constant,
            @ForAll @IntRange(min = 1, max = 20) int stepsAhead) {
        Forecaster forecaster = beginning.supplier().get();
        for (int i = 0; i < 30; i++) {
            forecaster.observe(constant);
        }
        assertEquals(constant, forecaster.forecast(stepsAhead).orElseThrow(), 1e-9 * constant);
    }

    @Property(tries = 200)
    @Label("In another unit the forecast is the same in that unit")
    void scale(
            @ForAll("forecasters") Beginning beginning,
            @ForAll @Size(min = 30, max = 60) List<@DoubleRange(min = 0, max = 100) Double> series,
            @ForAll @IntRange(min = -8, max = 8) int exponent) {
        Forecaster one = beginning.supplier().get();
        Forecaster scaled = beginning.supplier().get();
        for (double value : series) {
            one.observe(value);
            scaled.observe(Math.scalb(value, exponent));
        }
        double expected = Math.scalb(one.forecast(3).orElseThrow(), exponent);
        assertEquals(expected, scaled.forecast(3).orElseThrow(), 1e-6 * Math.scalb(100.0, exponent));
    }

    @Property(tries = 200)
    @Label("Asking changes nothing, whatever is missing")
    void asking(
            @ForAll("forecasters") Beginning beginning,
            @ForAll("seriesWithGaps") List<Double> series,
            @ForAll @IntRange(min = 1, max = 9) int stepsAhead) {
        Forecaster asked = beginning.supplier().get();
        Forecaster silent = beginning.supplier().get();
        for (double value : series) {
            asked.observe(value);
            silent.observe(value);
            OptionalDouble forecast = asked.forecast(stepsAhead);
            assertTrue(forecast.isEmpty() || Double.isFinite(forecast.getAsDouble()));
        }
        assertEquals(silent.forecast(stepsAhead), asked.forecast(stepsAhead));
    }

    @Provide
    Arbitrary<List<Double>> seriesWithGaps() {
        return Arbitraries.oneOf(Arbitraries.doubles().between(0, 100), Arbitraries.just(Double.NaN))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
