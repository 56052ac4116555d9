package io.murmuration.scaling;

import io.murmuration.forecast.Autoregression;
import io.murmuration.forecast.BestForecaster;
import io.murmuration.forecast.HoltWinters;
import io.murmuration.forecast.LastValue;
import io.murmuration.forecast.Smoothing;
import io.murmuration.scaling.MetricSeries.Sample;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Forecasts a metric by whichever of the last value, a damped trend and an autoregression has erred least over the series
 * itself, at the horizon asked for. Samples are taken to be a median spacing apart.
 */
public final class RollingForecast implements SeriesForecast {
    private static final Smoothing DAMPED_TREND = new Smoothing(0.5, 0.1, 0.9, 0);
    private static final int MAX_ORDER = 4;
    private static final int FITTED_ON = 120;
    private static final int ERRORS = 60;
    /** Samples below which nothing is forecast. */
    private static final int ENOUGH = 8;

    @Override
    public OptionalDouble ahead(MetricSeries series, Duration horizon) {
        List<Sample> samples = series.samples();
        if (samples.size() < ENOUGH) {
            return OptionalDouble.empty();
        }
        double[] spacing = new double[samples.size() - 1];
        for (int i = 0; i < spacing.length; i++) {
            spacing[i] = Duration.between(
                            samples.get(i).at(), samples.get(i + 1).at())
                    .toMillis();
        }
        int steps = (int) Math.max(1, Math.round(horizon.toMillis() / new Median().evaluate(spacing)));
        BestForecaster best = BestForecaster.of(
                List.of(new LastValue(), HoltWinters.of(DAMPED_TREND), Autoregression.of(MAX_ORDER, FITTED_ON)),
                steps,
                ERRORS);
        for (double value : series.values()) {
            best.observe(value);
        }
        return best.forecast(steps);
    }
}
