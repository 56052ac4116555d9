package io.murmuration.inference;

/**
 * The factorisation {@code S = L D Lᵀ} of each lane's symmetric positive semi-definite matrix (Golub and Van Loan 2013,
 * section 4.1.2), in place of scratch memory. A pivot that is nothing but rounding counts as the least that it can be;
 * where that is 0, the direction is known exactly.
 */
final class Pivots {
    private static final double RELATIVE_ROUNDING = 1e-13;

    private final int size;
    /** [row][column][lane], below the diagonal; on it there is 1. */
    private final double[][][] l;
    /** {@code L D}: [row][column][lane], below the diagonal. */
    private final double[][][] scaled;

    private final double[][] d;
    /** {@code 1 / d}, and 0 where the pivot is 0. */
    private final double[][] inverse;

    Pivots(int size, int lanes) {
        this.size = size;
        l = Rows.belowDiagonal(size, lanes);
        scaled = Rows.belowDiagonal(size, lanes);
        d = Rows.of(size, lanes);
        inverse = Rows.of(size, lanes);
    }

    /**
     * Factors the matrices.
     *
     * @param s [row][column][lane], of which the lower triangle is read
     * @param magnitude [row][lane]: how large the numbers are that a diagonal element was added up from
     * @param least [row][lane]: what a pivot is at least, by what is known of the matrix apart from its rounded elements
     * @param lanes how many lanes
     */
    void factor(double[][][] s, double[][] magnitude, double[][] least, int lanes) {
        for (int j = 0; j < size; j++) {
            eliminate(s, j, j, d[j], lanes);
            settle(d[j], magnitude[j], least[j], inverse[j], lanes);
            for (int i = j + 1; i < size; i++) {
                eliminate(s, i, j, scaled[i][j], lanes);
                Rows.copy(scaled[i][j], l[i][j], 0, lanes);
                Rows.multiply(inverse[j], l[i][j], 0, lanes);
            }
        }
    }

    /** target = S_ij − Σ_k (L D)_ik L_jk. */
    private void eliminate(double[][][] s, int i, int j, double[] target, int lanes) {
        Rows.copy(s[i][j], target, 0, lanes);
        for (int k = 0; k < j; k++) {
            Rows.subtractProduct(scaled[i][k], l[j][k], target, 0, lanes);
        }
    }

    private static void settle(double[] pivot, double[] magnitude, double[] least, double[] inverse, int lanes) {
        for (int i = 0; i < lanes; i++) {
            double value = pivot[i];
            boolean real = least[i] > 0
                    ? value > least[i]
                    : value > RELATIVE_ROUNDING * magnitude[i] && value >= Double.MIN_NORMAL;
            double settled = real ? value : least[i];
            pivot[i] = settled;
            inverse[i] = settled == 0 ? 0 : 1 / settled;
        }
    }

    /** The pivots of a row of the matrix; 0 where the direction is known exactly. */
    double[] pivot(int row) {
        return d[row];
    }

    /** {@code 1 / pivot}, and 0 where the pivot is 0. */
    double[] inverse(int row) {
        return inverse[row];
    }

    /** Solves {@code L y = x} in place. */
    void forward(double[][] x, int lanes) {
        for (int i = 1; i < size; i++) {
            for (int k = 0; k < i; k++) {
                Rows.subtractProduct(l[i][k], x[k], x[i], 0, lanes);
            }
        }
    }

    /** Solves {@code D Lᵀ z = y} in place, with 0 for what is divided by a pivot of 0. */
    void backward(double[][] y, int lanes) {
        for (int i = size - 1; i >= 0; i--) {
            Rows.multiply(inverse[i], y[i], 0, lanes);
            for (int k = i + 1; k < size; k++) {
                Rows.subtractProduct(l[k][i], y[k], y[i], 0, lanes);
            }
        }
    }

    /**
     * The variance of each element given all others, for one covariance matrix: what is left of its diagonal element as
     * the last pivot.
     *
     * @param covariance size × size, row-major
     */
    static double[] conditionalVariances(double[] covariance, int size) {
        double[] variances = new double[size];
        Pivots pivots = new Pivots(size, 1);
        double[][][] permuted = new double[size][size][1];
        double[][] diagonal = Rows.of(size, 1);
        for (int last = 0; last < size; last++) {
            for (int i = 0; i < size; i++) {
                int row = (last + 1 + i) % size;
                for (int j = 0; j < size; j++) {
                    permuted[i][j][0] = covariance[row * size + (last + 1 + j) % size];
                }
                diagonal[i][0] = permuted[i][i][0];
            }
            pivots.factor(permuted, diagonal, Rows.of(size, 1), 1);
            variances[last] = pivots.pivot(size - 1)[0];
        }
        return variances;
    }
}
