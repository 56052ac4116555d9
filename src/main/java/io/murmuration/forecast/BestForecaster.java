package io.murmuration.forecast;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The one of several forecasters that has erred least lately at the horizon that matters, by mean absolute error. It changes
 * over only to one that has made as many forecasts as make a fair comparison, and errs less by a margin, so that two of
 * about the same error do not take turns; of equal ones the earlier in the list is taken.
 */
public final class BestForecaster implements Forecaster {
    /** A change has to save this share of the error. */
    private static final double MARGIN = 0.03;
    /** A forecaster has to have made this part of a window of forecasts. */
    private static final int FAIR_PART = 8;

    private final List<Candidate> candidates;
    private final int horizon;
    private final int fair;
    private Candidate chosen;

    private record Candidate(Forecaster forecaster, ForecastErrors errors) {
        double error() {
            return errors.meanAbsolute().orElse(Double.POSITIVE_INFINITY);
        }
    }

    private BestForecaster(List<Forecaster> forecasters, int horizon, int window) {
        if (forecasters.isEmpty()) {
            throw new IllegalArgumentException("there is no forecaster to choose from, expected at least 1");
        }
        candidates = forecasters.stream()
                .map(forecaster -> new Candidate(forecaster, ForecastErrors.of(horizon, window)))
                .toList();
        this.horizon = horizon;
        fair = Math.max(1, window / FAIR_PART);
        chosen = candidates.get(0);
    }

    /**
     * @param forecasters to choose from; the first is taken until others have shown to be better
     * @param horizon steps ahead at which they are compared, at least 1
     * @param window errors that they are compared by, at least 1
     */
    public static BestForecaster of(List<Forecaster> forecasters, int horizon, int window) {
        return new BestForecaster(forecasters, horizon, window);
    }

    /** That of the forecaster chosen. */
    @Override
    public String name() {
        return chosen.forecaster().name();
    }

    @Override
    public void observe(double value) {
        for (Candidate candidate : candidates) {
            candidate.forecaster().observe(value);
            candidate.errors().observe(value, candidate.forecaster().forecast(horizon));
        }
        Candidate best = chosen;
        for (Candidate candidate : candidates) {
            if (candidate.errors().count() >= fair && candidate.error() < best.error()) {
                best = candidate;
            }
        }
        if (best.error() < (1 - MARGIN) * chosen.error()) {
            chosen = best;
        }
    }

    @Override
    public OptionalDouble forecast(int stepsAhead) {
        return chosen.forecaster().forecast(stepsAhead);
    }

    /**
     * The forecast of the horizon, with the interval that the errors of the forecaster chosen make likely.
     *
     * @param coverage probability of each side, from 0 to 1: 0.9 is the interval from the 10th to the 90th percentile
     * @return empty as long as the forecaster chosen has observed too little
     */
    public Optional<Forecast> best(double coverage) {
        OptionalDouble expected = forecast(horizon);
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        double point = expected.getAsDouble();
        double lower =
                point * (1 + chosen.errors().relativeQuantile(1 - coverage).orElse(0));
        double upper = point * (1 + chosen.errors().relativeQuantile(coverage).orElse(0));
        return Optional.of(new Forecast(
                point, lower, upper, name(), chosen.errors().meanAbsolute().orElse(Double.NaN)));
    }
}
