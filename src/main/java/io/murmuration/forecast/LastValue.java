package io.murmuration.forecast;

import java.util.OptionalDouble;

/**
 * What was seen last goes on (the naïve method; Hyndman &amp; Athanasopoulos, Forecasting: Principles and Practice, 3rd
 * ed., section 5.2). A missing value leaves the one before.
 */
public final class LastValue implements Forecaster {
    private double last = Double.NaN;

    @Override
    public String name() {
        return "last-value";
    }

    @Override
    public void observe(double value) {
        if (!Double.isNaN(value)) {
            last = value;
        }
    }

    @Override
    public OptionalDouble forecast(int stepsAhead) {
        return Numbers.present(last);
    }
}
