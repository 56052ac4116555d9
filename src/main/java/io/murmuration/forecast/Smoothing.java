package io.murmuration.forecast;

/**
 * How quickly a {@link HoltWinters} forgets, in the error-correction form (Hyndman &amp; Athanasopoulos, section 8.5).
 *
 * @param level α, the share of an error that goes into the level, from 0 to 1
 * @param trend β, the share that goes into the trend, from 0 to α
 * @param damping φ, what is left of the trend a step later, from 0 (no trend) to 1 (no damping)
 * @param season γ, the share that goes into each of the seasons, from 0 to 1 − α
 */
public record Smoothing(double level, double trend, double damping, double season) {
    public Smoothing {
        check("level", level, 1);
        check("trend", trend, level);
        check("damping", damping, 1);
        check("season", season, 1 - level);
    }

    private static void check(String name, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(
                    "the smoothing of the " + name + " is " + value + ", expected 0 to " + most);
        }
    }
}
