package io.murmuration.forecast;

import java.util.OptionalDouble;

/** A quantile of the last values, whatever the horizon. Missing values are passed over. */
public final class RecentQuantile implements Forecaster {
    private final double share;
    private final SlidingQuantiles recent;

    private RecentQuantile(double share, int window) {
        SlidingQuantiles.checkShare(share);
        this.share = share;
        recent = SlidingQuantiles.of(window);
    }

    /**
     * @param share the quantile, from 0 to 1
     * @param window values that it is of, at least 1
     */
    public static RecentQuantile of(double share, int window) {
        return new RecentQuantile(share, window);
    }

    @Override
    public String name() {
        return "quantile-" + share;
    }

    @Override
    public void observe(double value) {
        recent.add(value);
    }

    @Override
    public OptionalDouble forecast(int stepsAhead) {
        return recent.quantile(share);
    }
}
