package io.murmuration.model;

import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import java.util.Arrays;
import org.apache.commons.math3.exception.MathArithmeticException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** Checks that the matrices of a linear-Gaussian model fit together and are covariances and precisions. */
final class GaussianValues {
    private static final double TOLERANCE = 1e-9;
    private static final int MAX_HORIZON = 10_000;

    private GaussianValues() {}

    static void check(LinearGaussianModel model) {
        int n = square("F", model.F());
        if (model.H().rank() != 2) {
            throw new InvalidModelException(
                    "H has shape " + Arrays.toString(model.H().shape()) + ", expected [observed value][state]");
        }
        int m = model.H().length(0);
        DiscreteShapes.checkShape("H", model.H(), new int[] {m, n});
        ModelSizes.checkDimension("F", n, "states");
        ModelSizes.checkDimension("H", m, "observed values");
        covariance("Q", model.Q(), n);
        covariance("R", model.R(), m);
        DiscreteShapes.checkShape("initial_mean", model.initialMean(), new int[] {n});
        covariance("initial_covariance", model.initialCovariance(), n);
        if (model.control() instanceof QuadraticControl control) {
            checkControl(control, n, m);
        }
    }

    private static void checkControl(QuadraticControl control, int n, int m) {
        if (control.G().rank() != 2) {
            throw new InvalidModelException(
                    "G has shape " + Arrays.toString(control.G().shape()) + ", expected [state][control]");
        }
        int k = control.G().length(1);
        ModelSizes.checkDimension("G", k, "controls");
        DiscreteShapes.checkShape("G", control.G(), new int[] {n, k});
        DiscreteShapes.checkShape("preference_mean", control.preferenceMean(), new int[] {m});
        covariance("preference_precision", control.preferencePrecision(), m);
        double least = covariance("control_precision", control.controlPrecision(), k);
        if (!(least > 0)) {
            throw new InvalidModelException("control_precision has the eigenvalue " + least
                    + ", expected only positive ones: a control without cost would be without bounds");
        }
        if (control.horizon() < 1 || control.horizon() > MAX_HORIZON) {
            throw new InvalidModelException("horizon is " + control.horizon() + ", expected from 1 to " + MAX_HORIZON);
        }
    }

    private static int square(String name, Tensor tensor) {
        if (tensor.rank() != 2 || tensor.length(0) != tensor.length(1)) {
            throw new InvalidModelException(
                    name + " has shape " + Arrays.toString(tensor.shape()) + ", expected a square matrix");
        }
        return tensor.length(0);
    }

    /** Checks that a matrix is symmetric and positive semi-definite; returns its least eigenvalue. */
    private static double covariance(String name, Tensor tensor, int size) {
        DiscreteShapes.checkShape(name, tensor, new int[] {size, size});
        RealMatrix matrix = RealMatrices.of(tensor);
        double scale = 0;
        for (int i = 0; i < tensor.size(); i++) {
            scale = Math.max(scale, Math.abs(tensor.get(i)));
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (!(Math.abs(matrix.getEntry(i, j) - matrix.getEntry(j, i)) <= TOLERANCE * scale)) {
                    throw new InvalidModelException(name + "[" + i + "][" + j + "] is " + matrix.getEntry(i, j)
                            + ", but " + name + "[" + j + "][" + i + "] is " + matrix.getEntry(j, i)
                            + ", expected a symmetric matrix");
                }
            }
        }
        double least = leastEigenvalue(name, RealMatrices.symmetric(tensor));
        if (!(least >= -TOLERANCE * scale)) {
            throw new InvalidModelException(name + " has the eigenvalue " + least + ", expected none below 0");
        }
        return least;
    }

    private static double leastEigenvalue(String name, RealMatrix symmetric) {
        try {
            return Arrays.stream(new EigenDecomposition(symmetric).getRealEigenvalues())
                    .min()
                    .orElse(0);
        } catch (MathIllegalStateException | MathArithmeticException e) {
            throw new InvalidModelException(name + " has eigenvalues that cannot be computed, expected a matrix whose"
                    + " entries are less far apart");
        }
    }
}
