package io.murmuration.scaling;

import java.time.Duration;
import java.util.OptionalDouble;

/** The port to whatever forecasts: from what a metric was to what it will be. */
@FunctionalInterface
public interface SeriesForecast {
    /** Expects nothing of any series. */
    SeriesForecast NONE = (series, horizon) -> OptionalDouble.empty();

    /**
     * The value to expect a horizon after the last sample; asking changes nothing.
     *
     * @param series samples of one metric
     * @return in the metric's unit; empty where the series does not allow a forecast
     */
    OptionalDouble ahead(MetricSeries series, Duration horizon);
}
