package io.murmuration.forecast;

import java.util.Arrays;
import org.apache.commons.math3.util.KthSelector;
import org.apache.commons.math3.util.MedianOf3PivotingStrategy;

/**
 * Forecasts a series by analogues: what came after the moments of the past that were most like the present one are the
 * scenarios of what comes now (Lorenz 1969, "Atmospheric predictability as revealed by naturally occurring analogues").
 * They come with whatever the series does – spikes that fall back, rises that go on, quiet nights – without a model of it.
 *
 * <p>Values are compared and moved as logarithms above a local mean, so that a moment at another level counts too. Alike
 * are moments whose value, the value before, local mean and time of day are near.
 */
public final class Analogues {
    /** Weights of squared differences: of the value (1), the value before, the local mean, six hours of the day. */
    private static final double WEIGHT_BEFORE = 0.5;

    private static final double WEIGHT_LEVEL = 0.5;
    private static final double WEIGHT_DAYTIME = 0.3;
    private static final double DAY = 24;
    private static final double DAYTIME_UNIT = 6;
    /** Values over which a value's weight in the local mean halves. */
    private static final double HALF_LIFE = 6;

    private final double offset;
    private final int count;
    private final double[] logs;
    private final double[] means;
    private final double[] hours;
    /** Values observed in all; the arrays hold the newest of them, in a ring. */
    private int observed;

    /**
     * @param offset added to values before the logarithm is taken, so that differences far below it do not count; above 0
     * @param memory values that are kept
     * @param count how many scenarios are wanted
     */
    public Analogues(double offset, int memory, int count) {
        this.offset = offset;
        this.count = count;
        logs = new double[memory];
        means = new double[memory];
        hours = new double[memory];
    }

    /**
     * Takes in the next value.
     *
     * @param value at least 0
     * @param hour of the day, from 0 to 24
     */
    public void observe(double value, double hour) {
        int slot = observed % logs.length;
        double log = Math.log(value + offset);
        double before = observed == 0 ? log : means[(observed - 1) % logs.length];
        logs[slot] = log;
        means[slot] = before + (1 - Math.pow(0.5, 1 / HALF_LIFE)) * (log - before);
        hours[slot] = hour;
        observed++;
    }

    /** Values taken in so far. */
    public int observed() {
        return observed;
    }

    /** Moments of the past of which so many values ahead are known, and the value before. */
    public int moments(int ahead) {
        return Math.max(0, observed - ahead - oldest());
    }

    private int oldest() {
        return Math.max(1, observed - logs.length + 1);
    }

    /**
     * The scenarios of so many values ahead, [scenario][value], in the order of time in which their analogues were seen; as
     * many as were asked for, or as there are.
     */
    public double[][] scenarios(int ahead) {
        int newest = observed - 1;
        int oldest = oldest();
        int moments = moments(ahead);
        double[] distances = new double[moments];
        Arrays.setAll(distances, i -> distance(oldest + i, newest));
        int wanted = Math.min(count, moments);
        double[][] scenarios = new double[wanted][];
        if (wanted == 0) {
            return scenarios;
        }
        double farthest = new KthSelector(new MedianOf3PivotingStrategy()).select(distances.clone(), null, wanted - 1);
        int found = 0;
        for (int i = 0; i < moments && found < wanted; i++) {
            if (distances[i] <= farthest) {
                scenarios[found++] = after(oldest + i, newest, ahead);
            }
        }
        return scenarios;
    }

    private double distance(int moment, int present) {
        int m = moment % logs.length;
        int p = present % logs.length;
        double value = logs[m] - means[m] - (logs[p] - means[p]);
        double before = logs[(moment - 1) % logs.length] - means[m] - (logs[(present - 1) % logs.length] - means[p]);
        double level = means[m] - means[p];
        double apart = Math.abs(hours[m] - hours[p]);
        double daytime = Math.min(apart, DAY - apart) / DAYTIME_UNIT;
        return value * value
                + WEIGHT_BEFORE * before * before
                + WEIGHT_LEVEL * level * level
                + WEIGHT_DAYTIME * daytime * daytime;
    }

    /** What came after a moment, moved to the present level. */
    private double[] after(int moment, int present, int ahead) {
        double shift = means[present % logs.length] - means[moment % logs.length];
        double[] values = new double[ahead];
        Arrays.setAll(values, h -> Math.max(0, Math.exp(logs[(moment + 1 + h) % logs.length] + shift) - offset));
        return values;
    }
}
