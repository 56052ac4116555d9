package io.murmuration.forecast;

import java.util.Arrays;

/**
 * The margin that one forecaster's errors ask for, so that what comes stays under it with a given probability: a quantile of
 * its past errors, and the loss that the forecasts so widened made.
 *
 * <p>Forecasts a step apart err nearly alike, so that only one error in {@link #THINNED} is kept for the quantile; the loss
 * counts all.
 */
final class ErrorMargin {
    /** How an error is taken off a forecast, and put on again. */
    enum Kind {
        /** In the unit of the series: errors that do not grow with the level. */
        ADDITIVE {
            @Override
            double error(double actual, double point) {
                return actual - point;
            }

            @Override
            double widened(double point, double error) {
                return point + error;
            }
        },
        /** As a multiple of the forecast: errors that grow with the level. */
        RELATIVE {
            @Override
            double error(double actual, double point) {
                return actual / point;
            }

            @Override
            double widened(double point, double error) {
                return point * error;
            }
        };

        abstract double error(double actual, double point);

        abstract double widened(double point, double error);
    }

    private static final int THINNED = 4;

    private final Kind kind;
    private final double share;
    private final double lossSteps;
    private final SlidingQuantiles errors;
    /** Points and quantiles that are not settled, by their step modulo the horizon; NaN where there was none. */
    private final double[] points;

    private final double[] quantiles;
    private int step;
    private int settled;
    private double loss;

    ErrorMargin(Kind kind, double share, int horizon, int errorSteps, int lossSteps) {
        this.kind = kind;
        this.share = share;
        this.lossSteps = lossSteps;
        errors = SlidingQuantiles.of(Math.max(1, errorSteps / THINNED));
        points = new double[horizon];
        quantiles = new double[horizon];
        Arrays.fill(points, Double.NaN);
        Arrays.fill(quantiles, Double.NaN);
    }

    /** Settles the forecast of {@code horizon} steps ago with what came of it, and opens a new one; either may be NaN. */
    void observe(double actual, double point) {
        int place = step;
        if (!Double.isNaN(actual) && !Double.isNaN(points[place])) {
            settle(actual, points[place], quantiles[place]);
        }
        points[place] = point;
        quantiles[place] = kind.widened(point, errors.quantile(share).orElse(kind.error(point, point)));
        step = (step + 1) % points.length;
    }

    private void settle(double actual, double point, double quantile) {
        if (settled % THINNED == 0) {
            errors.add(kind.error(actual, point));
        }
        settled++;
        loss += (pinball(actual, quantile) - loss) / Math.min(settled, lossSteps);
    }

    /** What a quantile costs that the actual value is over or under (Koenker &amp; Bassett 1978). */
    private double pinball(double actual, double quantile) {
        return actual > quantile ? share * (actual - quantile) : (1 - share) * (quantile - actual);
    }

    /** The quantile of the forecast opened last; NaN where there was none. */
    double quantile() {
        return quantiles[Math.floorMod(step - 1, quantiles.length)];
    }

    int settled() {
        return settled;
    }

    /** The mean pinball loss, older losses counting less and less; 0 where none was settled. */
    double loss() {
        return loss;
    }
}
