package io.murmuration.forecast;

import java.util.Arrays;

/**
 * Which seasons a series has.
 *
 * @param stepsADay steps in a day
 * @param dayCorrelation the autocorrelation at a day, from −1 to 1; NaN where there were fewer than two days
 * @param weekCorrelation the autocorrelation at a week; NaN where there were fewer than two weeks
 * @param daily whether a daily season was found
 * @param weekly whether a weekly season was found
 */
public record Seasons(int stepsADay, double dayCorrelation, double weekCorrelation, boolean daily, boolean weekly) {
    private static final int DAYS_A_WEEK = 7;

    /** The periods found, in steps, shorter ones first. */
    public int[] periods() {
        int[] both = {daily ? stepsADay : 0, weekly ? DAYS_A_WEEK * stepsADay : 0};
        return Arrays.stream(both).filter(period -> period > 0).toArray();
    }
}
