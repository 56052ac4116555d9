package io.murmuration.inference;

import java.util.Arrays;

/**
 * Operations on rows of lanes. Each is one plain loop over two or three arrays, which the compiler turns into vector
 * instructions; lanes never mix, so a lane's result does not depend on how many there are.
 */
final class Rows {
    /** Chosen once: to the compiler a constant. */
    private static final RowMath MATH = RowMath.fastest();

    private Rows() {}

    static double[][] of(int rows, int lanes) {
        return new double[rows][lanes];
    }

    /** [i][j][lane], where (i, j) and (j, i) are one row. */
    static double[][][] symmetric(int size, int lanes) {
        double[][][] rows = new double[size][size][];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = new double[lanes];
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    /** [i][j][lane] with j below i. */
    static double[][][] belowDiagonal(int size, int lanes) {
        double[][][] rows = new double[size][][];
        for (int i = 0; i < size; i++) {
            rows[i] = of(i, lanes);
        }
        return rows;
    }

    static void fill(double[] row, double value, int from, int to) {
        Arrays.fill(row, from, to, value);
    }

    static void copy(double[] source, double[] target, int from, int to) {
        System.arraycopy(source, from, target, from, to - from);
    }

    /** target += factor · source. */
    static void addScaled(double factor, double[] source, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += factor * source[i];
        }
    }

    /** target += a · b. */
    static void addProduct(double[] a, double[] b, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += a[i] * b[i];
        }
    }

    /** target −= a · b. */
    static void subtractProduct(double[] a, double[] b, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] -= a[i] * b[i];
        }
    }

    /** target = Σ_j a_j · b_j. */
    static void dot(double[][] a, double[][] b, double[] target, int from, int to) {
        fill(target, 0, from, to);
        for (int j = 0; j < a.length; j++) {
            addProduct(a[j], b[j], target, from, to);
        }
    }

    /** target *= source. */
    static void multiply(double[] source, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] *= source[i];
        }
    }

    /** target −= x log x. */
    static void addEntropy(double[] x, double[] target, int from, int to) {
        MATH.addEntropy(x, target, from, to);
    }

    /** target = log x, floored. */
    static void flooredLogarithm(double[] x, double[] target, int from, int to) {
        MATH.flooredLogarithm(x, target, from, to);
    }

    /** target −= log x, for positive x. */
    static void subtractLogarithm(double[] x, double[] target, int from, int to) {
        MATH.subtractLogarithm(x, target, from, to);
    }

    /** row = exp(row − reference), where no element is greater than the reference. */
    static void exponential(double[] row, double[] reference, int from, int to) {
        MATH.exponential(row, reference, from, to);
    }

    /**
     * target = Σ_j weights[offset + j] · inputs[j]. Zero weights are passed over: tables of transitions are mostly
     * zeros, and adding nothing changes no bit.
     */
    static void combine(double[] weights, int offset, double[][] inputs, int count, double[] target, int from, int to) {
        fill(target, 0, from, to);
        addCombination(weights, offset, inputs, count, target, from, to);
    }

    /** target += Σ_j weights[offset + j] · inputs[j], in the order of j; four at a time spare the passes between them. */
    static void addCombination(
            double[] weights, int offset, double[][] inputs, int count, double[] target, int from, int to) {
        int a = nonZero(weights, offset, 0, count);
        while (a < count) {
            int b = nonZero(weights, offset, a + 1, count);
            int c = nonZero(weights, offset, b + 1, count);
            int d = nonZero(weights, offset, c + 1, count);
            if (d < count) {
                addFour(
                        weights[offset + a],
                        inputs[a],
                        weights[offset + b],
                        inputs[b],
                        weights[offset + c],
                        inputs[c],
                        weights[offset + d],
                        inputs[d],
                        target,
                        from,
                        to);
                a = nonZero(weights, offset, d + 1, count);
            } else {
                addScaled(weights[offset + a], inputs[a], target, from, to);
                a = b;
            }
        }
    }

    /** The first j from a place on whose weight is not zero; {@code count} or more where there is none. */
    private static int nonZero(double[] weights, int offset, int from, int count) {
        int j = from;
        while (j < count && weights[offset + j] == 0) {
            j++;
        }
        return j;
    }

    private static void addFour(
            double wa,
            double[] a,
            double wb,
            double[] b,
            double wc,
            double[] c,
            double wd,
            double[] d,
            double[] target,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            target[i] = target[i] + wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
        }
    }

    /** Turns the first {@code count} rows of logarithms into distributions over rows: softmax. */
    static void softmax(double[][] rows, int offset, int count, double[] scratch, int from, int to) {
        copy(rows[offset], scratch, from, to);
        for (int j = 1; j < count; j++) {
            double[] row = rows[offset + j];
            for (int i = from; i < to; i++) {
                scratch[i] = Math.max(scratch[i], row[i]);
            }
        }
        for (int j = 0; j < count; j++) {
            MATH.exponential(rows[offset + j], scratch, from, to);
        }
        normalise(rows, offset, count, scratch, from, to);
    }

    /** Divides rows by their sum, which is left in {@code sum}. */
    static void normalise(double[][] rows, int offset, int count, double[] sum, int from, int to) {
        copy(rows[offset], sum, from, to);
        for (int j = 1; j < count; j++) {
            double[] row = rows[offset + j];
            for (int i = from; i < to; i++) {
                sum[i] += row[i];
            }
        }
        for (int j = 0; j < count; j++) {
            double[] row = rows[offset + j];
            for (int i = from; i < to; i++) {
                row[i] /= sum[i];
            }
        }
    }
}
