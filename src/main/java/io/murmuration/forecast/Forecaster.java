package io.murmuration.forecast;

import java.util.OptionalDouble;

/**
 * A law that tells what a series will be from what it has been. Forecasts are in the unit of the series. Not safe for use
 * by several threads.
 */
public interface Forecaster {
    /** What it is called in reasons and tables. */
    String name();

    /**
     * Takes in the value of the next step. Every step is told, in order, each once.
     *
     * @param value NaN where it is missing
     */
    void observe(double value);

    /**
     * The value expected of a step to come; asking changes nothing.
     *
     * @param stepsAhead from the last step observed, at least 1
     * @return finite; empty as long as too little was observed
     */
    OptionalDouble forecast(int stepsAhead);
}
