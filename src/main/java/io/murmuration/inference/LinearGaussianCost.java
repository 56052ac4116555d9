package io.murmuration.inference;

import io.murmuration.inference.KernelCost.Stage;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.Tensor;
import java.util.List;

/**
 * Counts what a linear-Gaussian model costs: the Kalman filter in Joseph's form over n states, m values, k controls. Zeros
 * of the model's matrices are passed over, as the engine passes them over.
 */
final class LinearGaussianCost {
    private final LinearGaussianModel model;
    private final long n;
    private final long m;
    private final long k;

    private LinearGaussianCost(LinearGaussianModel model) {
        this.model = model;
        n = model.stateWidth();
        m = model.observationWidth();
        k = model.actionWidth();
    }

    static KernelCost of(LinearGaussianModel model) {
        InferenceKernel kernel = InferenceKernel.compile(model);
        LinearGaussianCost cost = new LinearGaussianCost(model);
        return new KernelCost(
                KernelCost.resultBytes(kernel),
                KernelCost.stateBytes(kernel),
                Double.BYTES * cost.tableValues(),
                false,
                List.of(
                        new Stage("prediction", cost.prediction()),
                        new Stage("perception", cost.perception()),
                        new Stage("control", Operations.multiplyAdds(cost.k * cost.n)),
                        new Stage("entropy", factorisation(cost.n))));
    }

    /** F, Q and the prior, H, R, G, and the gain and offset of the plan. */
    private long tableValues() {
        return 3 * n * n + n + m * n + m * m + n * k + k * n + k;
    }

    /** {@code F mean + G a} and {@code F P Fᵀ}, of which the lower half is computed. */
    private Operations prediction() {
        long controls = model.control() instanceof QuadraticControl acting ? nonZeros(acting.G()) : 0;
        long mean = nonZeros(model.F()) + controls;
        long covariance = n * nonZeros(model.F());
        for (int j = 0; j < n; j++) {
            covariance += (n - j) * nonZeros(model.F(), j);
        }
        return Operations.multiplyAdds(mean + covariance);
    }

    private Operations perception() {
        long lowerHalf = n * (n + 1) / 2;
        long seen = nonZeros(model.H());
        long covariance = n * seen + seen;
        for (int e = 0; e < m; e++) {
            covariance += (e + 1) * (1 + nonZeros(model.H(), e));
        }
        long mean = seen + m * (m - 1) + m * n;
        long gain = n * m * (m - 1) + n * nonZeros(model.R()) + n * seen;
        long update = n * n * n + lowerHalf * n + lowerHalf * m;
        return Operations.multiplyAdds(covariance + mean + gain + update).plus(factorisation(m));
    }

    private static long nonZeros(Tensor matrix) {
        long count = 0;
        for (int row = 0; row < matrix.length(0); row++) {
            count += nonZeros(matrix, row);
        }
        return count;
    }

    private static long nonZeros(Tensor matrix, int row) {
        int columns = matrix.length(1);
        long count = 0;
        for (int j = 0; j < columns; j++) {
            count += matrix.get(row * columns + j) != 0 ? 1 : 0;
        }
        return count;
    }

    /** {@code L D Lᵀ} and the logarithm of its determinant. */
    private static Operations factorisation(long size) {
        return new Operations(size * (size * size - 1) / 6, size, 0);
    }
}
