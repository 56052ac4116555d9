package io.murmuration.inference;

import java.util.Arrays;

/**
 * Operations on rows of lanes. Each is one plain loop over two or three arrays, which the compiler turns into vector
 * instructions; lanes never mix, so a lane's result does not depend on how many there are.
 */
final class Rows {
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
        for (int i = from; i < to; i++) {
            target[i] -= Logarithm.entropyTerm(x[i]);
        }
    }

    /**
     * target = Σ_j weights[offset + j] · inputs[j]. Zero weights are passed over: tables of transitions are mostly
     * zeros, and adding nothing changes no bit.
     */
    static void combine(double[] weights, int offset, double[][] inputs, int count, double[] target, int from, int to) {
        fill(target, 0, from, to);
        addCombination(weights, offset, inputs, count, target, from, to);
    }

    /** target += Σ_j weights[offset + j] · inputs[j], likewise. */
    static void addCombination(
            double[] weights, int offset, double[][] inputs, int count, double[] target, int from, int to) {
        for (int j = 0; j < count; j++) {
            double weight = weights[offset + j];
            if (weight != 0) {
                addScaled(weight, inputs[j], target, from, to);
            }
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
            double[] row = rows[offset + j];
            for (int i = from; i < to; i++) {
                row[i] = Exponential.ofNonPositive(row[i] - scratch[i]);
            }
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
