package io.murmuration.forecast;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Exponential smoothing of a level, a damped trend and any number of additive seasons, in the error-correction form of
 * Hyndman &amp; Athanasopoulos, section 8.5, with more than one season as De Livera, Hyndman &amp; Snyder (2011)
 * have it in BATS, without Box–Cox and ARMA errors:
 *
 * <pre>
 * e = y(t) − ŷ(t)      ŷ(t+h) = l + (φ + … + φ^h) b + Σ_i s_i(t + h − m_i ⌈h/m_i⌉)
 * l ← l + φ b + α e    b ← φ b + β e    s_i(t) ← s_i(t − m_i) + γ e
 * </pre>
 *
 * <p>It begins with the longest period in full (with one value where there is no season): the level is its mean, the trend
 * 0, a season the means of its phases of what the level and the shorter seasons leave. A missing value carries level, trend
 * and seasons on without an error; while beginning, it counts as the value before (0 at the very first).
 */
public final class HoltWinters implements Forecaster {
    private final Smoothing smoothing;
    private final double[][] seasons;
    /** The first values, as long as level and seasons are not worked out. */
    private final double[] beginning;

    private int observed;
    private double level;
    private double trend;

    private HoltWinters(Smoothing smoothing, int[] periods) {
        for (int i = 0; i < periods.length; i++) {
            int least = i == 0 ? 2 : periods[i - 1] + 1;
            if (periods[i] < least) {
                throw new IllegalArgumentException("the periods are " + Arrays.toString(periods)
                        + " steps, expected from 2 on, shorter ones first");
            }
        }
        this.smoothing = smoothing;
        seasons = Arrays.stream(periods).mapToObj(double[]::new).toArray(double[][]::new);
        beginning = new double[periods.length == 0 ? 1 : periods[periods.length - 1]];
    }

    /** @param periods of the seasons in steps, each at least 2, shorter ones first; none for no season */
    public static HoltWinters of(Smoothing smoothing, int... periods) {
        return new HoltWinters(smoothing, periods);
    }

    @Override
    public String name() {
        return "holt-winters";
    }

    public Smoothing smoothing() {
        return smoothing;
    }

    @Override
    public void observe(double value) {
        if (observed < beginning.length) {
            double before = observed == 0 ? 0 : beginning[observed - 1];
            beginning[observed++] = Double.isNaN(value) ? before : value;
            if (observed == beginning.length) {
                begin();
            }
            return;
        }
        update(Double.isNaN(value) ? 0 : value - expected(1));
    }

    private void begin() {
        level = StatUtils.mean(beginning);
        double[] left = Arrays.stream(beginning).map(value -> value - level).toArray();
        for (double[] season : seasons) {
            int[] count = new int[season.length];
            for (int i = 0; i < left.length; i++) {
                season[i % season.length] += left[i];
                count[i % season.length]++;
            }
            Arrays.setAll(season, phase -> season[phase] / count[phase]);
            Arrays.setAll(left, i -> left[i] - season[i % season.length]);
        }
    }

    private void update(double error) {
        level += smoothing.damping() * trend + smoothing.level() * error;
        trend = smoothing.damping() * trend + smoothing.trend() * error;
        for (double[] season : seasons) {
            season[observed % season.length] += smoothing.season() * error;
        }
        observed++;
    }

    private double expected(int stepsAhead) {
        double damping = smoothing.damping();
        double trends = damping == 1 ? stepsAhead : damping * (1 - Math.pow(damping, stepsAhead)) / (1 - damping);
        double sum = level + trends * trend;
        for (double[] season : seasons) {
            sum += season[(observed + stepsAhead - 1) % season.length];
        }
        return sum;
    }

    @Override
    public OptionalDouble forecast(int stepsAhead) {
        return observed < beginning.length ? OptionalDouble.empty() : Numbers.present(expected(stepsAhead));
    }
}
