package io.murmuration.scaling;

import static io.murmuration.scaling.VirtualClock.NOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MetricsHistoryTest {
    private static ResourceMetrics load(long second, double load) {
        return ResourceMetrics.at(NOON.plusSeconds(second))
                .with(Metric.LOAD, load)
                .build();
    }

    @Test
    void itIsBoundedByNumberAndByAge() {
        MetricsHistory history = new MetricsHistory(3, Duration.ofSeconds(20));
        for (int second = 0; second <= 40; second += 10) {
            history.add(load(second, second));
        }
        assertArrayEquals(new double[] {20, 30, 40}, history.series(Metric.LOAD).values());
        history.add(load(55, 55));
        assertArrayEquals(new double[] {40, 55}, history.series(Metric.LOAD).values());
    }

    @Test
    void aWindowEndsWithTheLatest() {
        MetricsHistory history = new MetricsHistory(100, Duration.ofHours(1));
        assertEquals(List.of(), history.window(Duration.ofMinutes(1)));
        for (int second = 0; second <= 100; second += 10) {
            history.add(load(second, second));
        }
        assertEquals(List.of(load(80, 80), load(90, 90), load(100, 100)), history.window(Duration.ofSeconds(20)));
        assertEquals(history.window(Duration.ofSeconds(20)), history.since(NOON.plusSeconds(75)));
    }

    @Test
    void whatWasNotMeasuredIsNotInTheSeries() {
        MetricsHistory history = new MetricsHistory(100, Duration.ofHours(1));
        history.add(load(0, 1));
        history.add(ResourceMetrics.at(NOON.plusSeconds(10)).build());
        history.add(load(20, Double.NaN));
        history.add(load(30, 4));
        assertEquals(
                List.of(new MetricSeries.Sample(NOON, 1), new MetricSeries.Sample(NOON.plusSeconds(30), 4)),
                history.series(Metric.LOAD).samples());
    }

    @Test
    void aClockThatWasSetBackDropsWhatIsLater() {
        MetricsHistory history = new MetricsHistory(100, Duration.ofHours(1));
        history.add(load(0, 1));
        history.add(load(100, 2));
        history.add(load(50, 3));
        assertArrayEquals(new double[] {1, 3}, history.series(Metric.LOAD).values());
    }

    @Test
    void aForecasterIsShownTheSeries() {
        MetricsHistory history = new MetricsHistory(100, Duration.ofHours(1));
        history.add(load(0, 1));
        history.add(load(10, 2));
        SeriesForecast line = (series, horizon) -> OptionalDouble.of(
                series.values()[1] + (series.values()[1] - series.values()[0]) * horizon.toSeconds() / 10);
        assertEquals(OptionalDouble.of(5), history.forecast(Metric.LOAD, Duration.ofSeconds(30), line));
    }

    @Property
    void itIsAlwaysInOrderAndWithinItsBounds(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 0, max = 1000) Integer> seconds) {
        MetricsHistory history = new MetricsHistory(10, Duration.ofMinutes(5));
        for (int second : seconds) {
            history.add(load(second, second));
        }
        List<ResourceMetrics> all = history.all();
        assertTrue(all.size() <= 10);
        for (int i = 1; i < all.size(); i++) {
            assertTrue(all.get(i - 1).timestamp().isBefore(all.get(i).timestamp()));
        }
        assertEquals(
                load(seconds.get(seconds.size() - 1), 0).timestamp(),
                all.get(all.size() - 1).timestamp());
    }
}
