package io.murmuration.inference;

import io.murmuration.inference.KernelCost.Stage;
import io.murmuration.model.LinearGaussianModel;
import java.util.List;

/** Counts what a linear-Gaussian model costs: the Kalman filter in Joseph's form over n states, m values, k controls. */
final class LinearGaussianCost {
    private final long n;
    private final long m;
    private final long k;

    private LinearGaussianCost(LinearGaussianModel model) {
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

    private Operations prediction() {
        return Operations.multiplyAdds(n * n + n * k).plus(sandwich());
    }

    /** {@code M P Mᵀ}, of which the lower half is computed. */
    private Operations sandwich() {
        return Operations.multiplyAdds(n * n * n + n * (n * (n + 1) / 2));
    }

    private Operations perception() {
        long innovation = m * n;
        long covariances = n * n * m + n * (m * (m + 1) / 2);
        long mean = m * m + n * m;
        long gain = n * m * m;
        long keep = n * n * m;
        long noise = n * m * m + n * n * m;
        return Operations.multiplyAdds(innovation + covariances + mean + gain + keep + noise)
                .plus(factorisation(m))
                .plus(sandwich());
    }

    /** {@code L D Lᵀ} and the logarithm of its determinant. */
    private static Operations factorisation(long size) {
        return new Operations(size * (size + 1) * (size + 2) / 6, size, 0);
    }
}
