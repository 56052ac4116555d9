package io.murmuration.forecast;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The season before comes again: ŷ(t+h) = y(t + h − m·⌈h/m⌉), m being the period (Hyndman &amp; Athanasopoulos, section
 * 5.2). A missing value leaves that of the season before it.
 */
public final class SeasonalNaive implements Forecaster {
    private final String name;
    /** The latest value of each phase; NaN where there was none. */
    private final double[] season;
    /** The phase of the next step. */
    private int phase;

    private SeasonalNaive(String name, int period) {
        if (period < 1) {
            throw new IllegalArgumentException("the period is " + period + " steps, expected at least 1");
        }
        this.name = name;
        season = new double[period];
        Arrays.fill(season, Double.NaN);
    }

    /** @param period of the season in steps, at least 1 */
    public static SeasonalNaive of(String name, int period) {
        return new SeasonalNaive(name, period);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void observe(double value) {
        if (!Double.isNaN(value)) {
            season[phase] = value;
        }
        phase = (phase + 1) % season.length;
    }

    @Override
    public OptionalDouble forecast(int stepsAhead) {
        return Numbers.present(season[(phase + stepsAhead - 1) % season.length]);
    }
}
