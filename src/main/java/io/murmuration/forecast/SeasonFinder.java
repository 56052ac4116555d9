package io.murmuration.forecast;

import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * Finds the daily and the weekly season of a series by its autocorrelation r, the correlation of the values with those so
 * many steps before.
 *
 * <p>A season has to explain a good part of the series, and more than the nearness of its values in time does, as a slow
 * drift is like itself at every lag: a day is found where r(day) is at least the threshold and greater than r(half a day),
 * a week where r(week) is at least the threshold and greater than the best of r(1 … 6 days) by a margin, for a daily season
 * repeats after a week too.
 */
public final class SeasonFinder {
    /** r at which the season of before explains half of the variance. */
    private static final double THRESHOLD = 0.7;

    private static final double MARGIN = 0.02;
    private static final int DAYS_A_WEEK = 7;

    private final int stepsADay;

    private SeasonFinder(int stepsADay) {
        if (stepsADay < 2) {
            throw new IllegalArgumentException("a day has " + stepsADay + " steps, expected at least 2");
        }
        this.stepsADay = stepsADay;
    }

    /** @param stepsADay at least 2 */
    public static SeasonFinder of(int stepsADay) {
        return new SeasonFinder(stepsADay);
    }

    /** Looks for seasons in a series, oldest value first; pairs of which one is missing (NaN) are passed over. */
    public Seasons find(double[] series) {
        double day = autocorrelation(series, stepsADay);
        double week = autocorrelation(series, DAYS_A_WEEK * stepsADay);
        double otherDays = IntStream.range(1, DAYS_A_WEEK)
                .mapToDouble(days -> autocorrelation(series, days * stepsADay))
                .max()
                .orElseThrow();
        boolean daily = day >= THRESHOLD && day > autocorrelation(series, stepsADay / 2);
        return new Seasons(stepsADay, day, week, daily, week >= THRESHOLD && week > otherDays + MARGIN);
    }

    /** NaN where fewer pairs are left than the lag is long, or the values are all the same. */
    private static double autocorrelation(double[] series, int lag) {
        int[] pairs = IntStream.range(lag, Math.max(lag, series.length))
                .filter(i -> !Double.isNaN(series[i]) && !Double.isNaN(series[i - lag]))
                .toArray();
        if (pairs.length < Math.max(lag, 2)) {
            return Double.NaN;
        }
        double[] now = IntStream.of(pairs).mapToDouble(i -> series[i]).toArray();
        double[] before = IntStream.of(pairs).mapToDouble(i -> series[i - lag]).toArray();
        return new PearsonsCorrelation().correlation(now, before);
    }
}
