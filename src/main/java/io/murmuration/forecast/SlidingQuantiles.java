package io.murmuration.forecast;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Exact quantiles of the last values of a series. The window is kept in order: taking in a value moves at most the window's
 * length, a quantile is read off.
 */
public final class SlidingQuantiles {
    private final Window window;
    private final double[] sorted;

    private SlidingQuantiles(int capacity) {
        window = new Window(capacity);
        sorted = new double[capacity];
    }

    /** @param capacity values that are kept, at least 1 */
    public static SlidingQuantiles of(int capacity) {
        return new SlidingQuantiles(capacity);
    }

    /** Takes in a value, and lets the oldest one go where the window is full; NaN is passed over. */
    public void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        int size = window.size();
        if (window.isFull()) {
            int gone = Arrays.binarySearch(sorted, 0, size, window.get(size - 1));
            System.arraycopy(sorted, gone + 1, sorted, gone, size - gone - 1);
            size--;
        }
        int found = Arrays.binarySearch(sorted, 0, size, value);
        int place = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, place, sorted, place + 1, size - place);
        sorted[place] = value;
        window.add(value);
    }

    public int size() {
        return window.size();
    }

    /**
     * The quantile, interpolated linearly (Hyndman &amp; Fan 1996, definition 7).
     *
     * @param share from 0, the least, to 1, the greatest
     * @return empty where nothing was taken in
     */
    public OptionalDouble quantile(double share) {
        checkShare(share);
        int size = window.size();
        if (size == 0) {
            return OptionalDouble.empty();
        }
        double rank = share * (size - 1);
        int below = (int) rank;
        double above = sorted[Math.min(below + 1, size - 1)];
        return OptionalDouble.of(sorted[below] + (rank - below) * (above - sorted[below]));
    }

    static void checkShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the quantile is " + share + ", expected 0 to 1");
        }
    }
}
