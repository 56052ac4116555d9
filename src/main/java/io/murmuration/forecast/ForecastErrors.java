package io.murmuration.forecast;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The errors of forecasts that were made a number of steps ahead, a rolling back-test: each step the value is compared with
 * what was forecast of it that many steps before. The last ones are kept.
 */
public final class ForecastErrors {
    private final int horizon;
    /** Forecasts whose step is still to come, NaN where there was none, by their step modulo the horizon. */
    private final double[] open;

    private final Window absolute;
    private final SlidingQuantiles relative;
    private int step;
    private double absoluteSum;

    private ForecastErrors(int horizon, int window) {
        if (horizon < 1) {
            throw new IllegalArgumentException("the horizon is " + horizon + " steps, expected at least 1");
        }
        this.horizon = horizon;
        open = new double[horizon];
        Arrays.fill(open, Double.NaN);
        absolute = new Window(window);
        relative = SlidingQuantiles.of(window);
    }

    /**
     * @param horizon steps from a forecast to the value that it is of, at least 1
     * @param window errors that are kept, at least 1
     */
    public static ForecastErrors of(int horizon, int window) {
        return new ForecastErrors(horizon, window);
    }

    /**
     * Takes in a step: the value, and then the forecast that is made of the value {@code horizon} steps on.
     *
     * @param value NaN where it is missing: then the forecast made of it is passed over
     * @param forecast empty where none could be made
     */
    public void observe(double value, OptionalDouble forecast) {
        int place = step;
        double made = open[place];
        if (!Double.isNaN(made) && !Double.isNaN(value)) {
            add(value - made, made);
        }
        open[place] = forecast.orElse(Double.NaN);
        step = (step + 1) % horizon;
    }

    private void add(double error, double made) {
        if (absolute.isFull()) {
            absoluteSum -= absolute.get(absolute.size() - 1);
        }
        absolute.add(Math.abs(error));
        absoluteSum += Math.abs(error);
        if (made > 0) {
            relative.add(error / made);
        }
    }

    /** Errors that are kept. */
    public int count() {
        return absolute.size();
    }

    /** The mean absolute error, in the unit of the series; empty where there is none. */
    public OptionalDouble meanAbsolute() {
        return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, absoluteSum) / count());
    }

    /**
     * A quantile of the relative errors (value − forecast) / forecast, of which those of forecasts of 0 or less are passed
     * over: 0.2 means that the value was a fifth more than forecast.
     *
     * @param share from 0 to 1
     * @return at least −1 where values are not negative; empty where there is none
     */
    public OptionalDouble relativeQuantile(double share) {
        return relative.quantile(share);
    }
}
