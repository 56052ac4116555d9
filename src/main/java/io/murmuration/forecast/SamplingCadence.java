package io.murmuration.forecast;

/**
 * Finds how often a series is really measured. Many a metric is read more often than it is taken: it keeps its value for a
 * fixed number of steps and then changes, and whoever knows when it can change knows when it cannot.
 */
public final class SamplingCadence {
    /** Gaps between changes that are looked back on. */
    private static final int GAPS = 64;
    /** Gaps that it takes to believe in a cadence. */
    private static final int ENOUGH = 8;
    /** Longest cadence that is worth knowing, in steps. */
    public static final int LONGEST = 1024;
    /** Share of the gaps that must be multiples of a cadence for it to be believed in: a value may also come twice. */
    private static final double REGULAR = 0.9;
    /** Share of the gaps that must stay so. */
    private static final double STILL_REGULAR = 0.7;

    private final int[] gaps = new int[GAPS];
    private final int longest;
    private final int[] counts;
    private int seen;
    private double last = Double.NaN;
    private int age;
    private int period = 1;

    /** @param longest cadence that is looked for, in steps; with 1 every step may bring another value */
    public SamplingCadence(int longest) {
        this.longest = longest;
        counts = new int[longest + 1];
    }

    /** Takes in the value of a step. */
    public void observe(double value) {
        if (value == last) {
            age++;
            return;
        }
        if (!Double.isNaN(last)) {
            add(Math.min(age, longest));
        }
        last = value;
        age = 1;
    }

    private void add(int gap) {
        int slot = seen++ % GAPS;
        if (seen > GAPS) {
            counts[gaps[slot]]--;
        }
        gaps[slot] = gap;
        counts[gap]++;
        int known = Math.min(seen, GAPS);
        if (known < ENOUGH) {
            return;
        }
        if (period > 1 && multiples(period) >= STILL_REGULAR * known) {
            return;
        }
        int commonest = 1;
        for (int candidate = 2; candidate <= longest; candidate++) {
            commonest = counts[candidate] > counts[commonest] ? candidate : commonest;
        }
        period = multiples(commonest) >= REGULAR * known ? commonest : 1;
    }

    private int multiples(int gap) {
        int sum = 0;
        for (int multiple = gap; multiple <= longest; multiple += gap) {
            sum += counts[multiple];
        }
        return sum;
    }

    /** Steps from one sample to the next; 1 where no cadence is seen. */
    public int period() {
        return period;
    }

    /** Whether the value observed last began a sample. */
    public boolean isFresh() {
        return (age - 1) % period == 0;
    }

    /** Steps for which the present sample is known to stay yet, from 0 to {@link #period} − 1. */
    public int remaining() {
        int phase = age % period;
        return phase == 0 ? 0 : period - phase;
    }
}
