package io.murmuration.orchestration.consensus;

import java.util.Optional;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A symmetric positive definite matrix, inverted. It is factored with 1 in its diagonal, so that what counts as singular does
 * not depend on units: a direction of which the others leave less than 1e-12 of its variance.
 *
 * @param inverse symmetric
 * @param logDeterminant of the matrix
 */
record PositiveDefinite(RealMatrix inverse, double logDeterminant) {
    private static final double SYMMETRY = 1e-9;
    private static final double LEAST_PIVOT = 1e-12;

    /** @return empty if the matrix is singular or has a direction below 0 */
    static Optional<PositiveDefinite> of(RealMatrix matrix) {
        int n = matrix.getRowDimension();
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = Math.sqrt(matrix.getEntry(i, i));
            if (!(scale[i] > 0)) {
                return Optional.empty();
            }
        }
        RealMatrix scaled = matrix.copy();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled.multiplyEntry(i, j, 1 / scale[i] / scale[j]);
            }
        }
        CholeskyDecomposition factors;
        try {
            factors = new CholeskyDecomposition(scaled, SYMMETRY, LEAST_PIVOT);
        } catch (NonPositiveDefiniteMatrixException e) {
            return Optional.empty();
        }
        RealMatrix inverse = factors.getSolver().getInverse();
        double logDeterminant = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = inverse.getEntry(i, j) / scale[i] / scale[j];
                inverse.setEntry(i, j, entry);
                inverse.setEntry(j, i, entry);
            }
            logDeterminant += 2 * StrictMath.log(factors.getL().getEntry(i, i) * scale[i]);
        }
        return Optional.of(new PositiveDefinite(inverse, logDeterminant));
    }
}
