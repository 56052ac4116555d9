package io.murmuration.inference;

/**
 * The factorisation {@code S = L D Lᵀ} of a symmetric positive semi-definite matrix, in place of scratch memory. A pivot
 * that is nothing but rounding, relative to its diagonal element, counts as 0: that direction is known exactly.
 */
final class Pivots {
    private static final double RELATIVE_ROUNDING = 1e-13;

    /** Unit lower triangular. */
    private final double[][] l;

    private final double[] d;
    private int size;

    Pivots(int maxSize) {
        l = new double[maxSize][maxSize];
        d = new double[maxSize];
    }

    /** Factors the leading {@code size} rows and columns of a matrix. */
    void factor(double[][] s, int size) {
        this.size = size;
        for (int j = 0; j < size; j++) {
            double pivot = s[j][j];
            for (int k = 0; k < j; k++) {
                pivot -= l[j][k] * l[j][k] * d[k];
            }
            d[j] = pivot > RELATIVE_ROUNDING * s[j][j] && pivot >= Double.MIN_NORMAL ? pivot : 0;
            for (int i = j + 1; i < size; i++) {
                double value = s[i][j];
                for (int k = 0; k < j; k++) {
                    value -= l[i][k] * l[j][k] * d[k];
                }
                l[i][j] = d[j] == 0 ? 0 : value / d[j];
            }
        }
    }

    /** The pivot of a row; 0 where the direction is known exactly. */
    double pivot(int row) {
        return d[row];
    }

    /** Solves {@code L y = x} in place. */
    void forward(double[] x) {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= l[i][k] * x[k];
            }
        }
    }

    /** Solves {@code D Lᵀ z = y} in place, with 0 for what is divided by a pivot of 0. */
    void backward(double[] y) {
        for (int i = size - 1; i >= 0; i--) {
            y[i] = d[i] == 0 ? 0 : y[i] / d[i];
            for (int k = i + 1; k < size; k++) {
                y[i] -= l[k][i] * y[k];
            }
        }
    }

    /** {@code log det} over the pivots that are not 0. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += d[i] == 0 ? 0 : Logarithm.of(d[i]);
        }
        return sum;
    }

    /** How many pivots are not 0. */
    int rank() {
        int rank = 0;
        for (int i = 0; i < size; i++) {
            rank += d[i] == 0 ? 0 : 1;
        }
        return rank;
    }
}
