package io.murmuration.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Leaves out the points of a line that nobody could see: of all points in one column of pixels the first, the least, the
 * greatest and the last are kept, from which the same picture comes (M4; Jugel, Jerzak, Hackenbroich, Markl, "M4: A
 * Visualization-Oriented Time Series Data Aggregation", VLDB 2014). What has few points keeps them all.
 */
final class PixelColumns {
    private PixelColumns() {}

    /**
     * Indices of the points to draw, ascending.
     *
     * @param x pixels, ascending
     * @param y as many; NaN where there is no value, which ends a line and is kept as a gap if a whole column has none
     */
    static List<Integer> visible(double[] x, double[] y) {
        List<Integer> visible = new ArrayList<>();
        int start = 0;
        while (start < x.length) {
            int end = start + 1;
            while (end < x.length && Math.floor(x[end]) == Math.floor(x[start])) {
                end++;
            }
            visible.addAll(column(y, start, end));
            start = end;
        }
        return visible;
    }

    private static TreeSet<Integer> column(double[] y, int start, int end) {
        int least = start;
        int greatest = start;
        for (int i = start + 1; i < end; i++) {
            // A comparison with NaN is false: the first value that is there replaces it.
            least = y[i] < y[least] || Double.isNaN(y[least]) ? i : least;
            greatest = y[i] > y[greatest] || Double.isNaN(y[greatest]) ? i : greatest;
        }
        return new TreeSet<>(List.of(start, least, greatest, end - 1));
    }
}
