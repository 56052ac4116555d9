package io.murmuration.summary;

import java.io.Serializable;

/**
 * Quantiles of signed doubles to a relative error below 1 %: counts in bins whose bounds are the leading bits of the
 * numbers, 64 bins an octave (in the manner of HdrHistogram and DDSketch, Masson et al. 2019). Counts are integers and a
 * bin is found without arithmetic, so that merging is exact in any order and on any machine.
 *
 * <p>Sizes from 2⁻⁴⁰ to 2⁶⁰ are told apart; smaller ones count as 0, larger ones as the largest.
 */
public final class QuantileSketch implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int LOWEST_EXPONENT = -40;
    private static final int OCTAVES = 101;
    /** Where numbers that are not finite would come to lie. */
    private static final int BEYOND = 1024 - LOWEST_EXPONENT;

    private static final int BINS = 64;

    /** [octave of negative numbers, then of positive ones][bin]; octaves are made when a number falls into them. */
    private final long[][] counts = new long[2 * OCTAVES][];

    private long zeros;
    private long count;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    /**
     * Adds a number.
     *
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public void add(double value) {
        add(value, 1);
    }

    private void add(double value, long times) {
        if (times == 0) {
            return;
        }
        long bits = Double.doubleToRawLongBits(value);
        int octave = ((int) (bits >>> 52) & 0x7FF) - 1023 - LOWEST_EXPONENT;
        if (octave == BEYOND) {
            throw new IllegalArgumentException("Quantiles are of finite numbers only, not of " + value);
        }
        count += times;
        // Of the two zeros the positive one, so that which of them came first does not matter.
        least = Math.min(least, value + 0.0);
        greatest = Math.max(greatest, value + 0.0);
        if (octave < 0) {
            zeros += times;
            return;
        }
        int bin = octave < OCTAVES ? (int) (bits >>> 46) & (BINS - 1) : BINS - 1;
        int place = Math.min(octave, OCTAVES - 1) + (bits < 0 ? 0 : OCTAVES);
        if (counts[place] == null) {
            counts[place] = new long[BINS];
        }
        counts[place][bin] += times;
    }

    /** Adds all that another sketch holds. */
    public void merge(QuantileSketch other) {
        for (int octave = 0; octave < counts.length; octave++) {
            if (other.counts[octave] != null) {
                if (counts[octave] == null) {
                    counts[octave] = new long[BINS];
                }
                for (int bin = 0; bin < BINS; bin++) {
                    counts[octave][bin] += other.counts[octave][bin];
                }
            }
        }
        zeros += other.zeros;
        count += other.count;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
    }

    /**
     * A sketch of all numbers moved by the same distance. A number that was counted as the middle of its bin is moved as such.
     *
     * @throws IllegalArgumentException if the distance is NaN or infinite
     */
    public QuantileSketch shifted(double by) {
        QuantileSketch moved = new QuantileSketch();
        for (int octave = 0; octave < OCTAVES; octave++) {
            for (int bin = 0; bin < BINS; bin++) {
                if (counts[octave] != null) {
                    moved.add(within(-middle(octave, bin)) + by, counts[octave][bin]);
                }
                if (counts[OCTAVES + octave] != null) {
                    moved.add(within(middle(octave, bin)) + by, counts[OCTAVES + octave][bin]);
                }
            }
        }
        moved.add(by, zeros);
        return moved;
    }

    private double within(double value) {
        return Math.max(least, Math.min(value, greatest));
    }

    public long count() {
        return count;
    }

    /**
     * The number that a share of all numbers does not exceed; NaN where there are none.
     *
     * @param share in [0, 1]
     * @throws IllegalArgumentException if the share is not in [0, 1]
     */
    public double quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("A quantile is of a share in [0, 1], not of " + share);
        }
        // No quantile lies outside the numbers themselves; one of equal numbers is they.
        return count == 0 ? Double.NaN : within(binned(share));
    }

    private double binned(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int octave = OCTAVES - 1; octave >= 0; octave--) {
            for (int bin = BINS - 1; counts[octave] != null && bin >= 0; bin--) {
                seen += counts[octave][bin];
                if (seen >= rank) {
                    return -middle(octave, bin);
                }
            }
        }
        seen += zeros;
        if (seen >= rank && zeros > 0) {
            return 0;
        }
        for (int octave = 0; octave < OCTAVES; octave++) {
            for (int bin = 0; counts[OCTAVES + octave] != null && bin < BINS; bin++) {
                seen += counts[OCTAVES + octave][bin];
                if (seen >= rank) {
                    return middle(octave, bin);
                }
            }
        }
        return Double.NaN;
    }

    private static double middle(int octave, int bin) {
        return Math.scalb(1 + (bin + 0.5) / BINS, octave + LOWEST_EXPONENT);
    }
}
