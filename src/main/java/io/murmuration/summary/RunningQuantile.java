package io.murmuration.summary;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A quantile of numbers that come one by one, in five heights and their positions: the P² algorithm of Jain and Chlamtac
 * (1985). The order of the numbers alone decides what it says, so that it may be put away as bytes and gone on with.
 */
public final class RunningQuantile {
    private static final int MARKERS = 5;
    private static final int MIDDLE = 2;

    /** What {@link #put} writes. */
    public static final int BYTES = Long.BYTES + MARKERS * Double.BYTES + (MARKERS - 2) * Long.BYTES;

    /** The share of numbers below each marker. */
    private final double[] shares;
    /** Of the markers; of fewer numbers than markers the numbers, in their order. */
    private final double[] heights = new double[MARKERS];
    /** Of the markers among all numbers, from 0. */
    private final long[] positions = {0, 1, 2, 3, 4};

    private long count;

    /**
     * @param share of the numbers that the quantile is to exceed
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public RunningQuantile(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("A running quantile is of a share between 0 and 1, not of " + share);
        }
        shares = new double[] {0, share / 2, share, (1 + share) / 2, 1};
    }

    /** Goes on with what {@link #put} wrote, of the same share. */
    public static RunningQuantile get(double share, ByteBuffer bytes) {
        RunningQuantile quantile = new RunningQuantile(share);
        quantile.count = bytes.getLong();
        for (int i = 0; i < MARKERS; i++) {
            quantile.heights[i] = bytes.getDouble();
        }
        for (int i = 1; i < MARKERS - 1; i++) {
            quantile.positions[i] = bytes.getLong();
        }
        quantile.positions[MARKERS - 1] = Math.max(MARKERS, quantile.count) - 1;
        return quantile;
    }

    /** Writes it down, in {@link #BYTES} bytes. */
    public void put(ByteBuffer bytes) {
        bytes.putLong(count);
        for (double height : heights) {
            bytes.putDouble(height);
        }
        for (int i = 1; i < MARKERS - 1; i++) {
            bytes.putLong(positions[i]);
        }
    }

    /** How many numbers there were. */
    public long count() {
        return count;
    }

    /** What the share of the numbers so far does not exceed, about; NaN where there were none. */
    public double value() {
        if (count == 0) {
            return Double.NaN;
        }
        return count < MARKERS ? heights[Math.max(0, (int) Math.ceil(shares[MIDDLE] * count) - 1)] : heights[MIDDLE];
    }

    /**
     * Adds a number.
     *
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public void add(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("Quantiles are of finite numbers only, not of " + number);
        }
        if (count < MARKERS) {
            heights[(int) count++] = number;
            Arrays.sort(heights, 0, (int) count);
            return;
        }
        count++;
        for (int i = cell(number) + 1; i < MARKERS; i++) {
            positions[i]++;
        }
        for (int i = 1; i < MARKERS - 1; i++) {
            settle(i);
        }
    }

    /** The marker at or below a number; the outermost ones move to take it in. */
    private int cell(double number) {
        if (number < heights[0]) {
            heights[0] = number;
            return 0;
        }
        if (number >= heights[MARKERS - 1]) {
            heights[MARKERS - 1] = number;
            return MARKERS - 2;
        }
        int cell = 0;
        while (number >= heights[cell + 1]) {
            cell++;
        }
        return cell;
    }

    /** Moves a marker by one place if it is a place or more from where it belongs, and there is room. */
    private void settle(int marker) {
        double away = shares[marker] * (count - 1) - positions[marker];
        boolean up = away >= 1 && positions[marker + 1] - positions[marker] > 1;
        boolean down = away <= -1 && positions[marker - 1] - positions[marker] < -1;
        if (up || down) {
            int step = up ? 1 : -1;
            double height = parabola(marker, step);
            heights[marker] =
                    heights[marker - 1] < height && height < heights[marker + 1] ? height : line(marker, step);
            positions[marker] += step;
        }
    }

    private double parabola(int i, int step) {
        double below = positions[i] - positions[i - 1];
        double above = positions[i + 1] - positions[i];
        return heights[i]
                + step
                        / (above + below)
                        * ((below + step) * (heights[i + 1] - heights[i]) / above
                                + (above - step) * (heights[i] - heights[i - 1]) / below);
    }

    private double line(int i, int step) {
        return heights[i] + step * (heights[i + step] - heights[i]) / (positions[i + step] - positions[i]);
    }
}
