package io.murmuration.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.MetricSeries.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RollingForecastTest {
    private final RollingForecast forecast = new RollingForecast();

    @Test
    void aLevelStaysWhatItIs() {
        assertEquals(
                7, forecast.ahead(series(50, i -> 7), Duration.ofMinutes(5)).orElseThrow(), 1e-9);
    }

    @Test
    void aRiseGoesOn() {
        double ahead =
                forecast.ahead(series(200, i -> 10 + i), Duration.ofMinutes(1)).orElseThrow();
        assertTrue(ahead > 209.5 && ahead < 214, "after 209 in steps of 1 comes " + ahead + " four steps later");
    }

    @Test
    void ofAFewSamplesNothingIsForecast() {
        assertTrue(forecast.ahead(series(7, i -> i), Duration.ofMinutes(1)).isEmpty());
    }

    /** A sample every 15 s. */
    private static MetricSeries series(int count, IntToDoubleFunction values) {
        return new MetricSeries(
                Metric.CPU_PERCENT,
                IntStream.range(0, count)
                        .mapToObj(i -> new Sample(Instant.EPOCH.plusSeconds(15L * i), values.applyAsDouble(i)))
                        .toList());
    }
}
