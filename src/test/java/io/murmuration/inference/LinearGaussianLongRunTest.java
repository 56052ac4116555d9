package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.LinearGaussianModel;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Covariances stay covariances")
class LinearGaussianLongRunTest {
    private static final int STATES = 4;
    private static final int ROUND = 1000;
    private static final int ROUNDS = 1000;

    /** States that noise of 10⁻¹² and the dynamics tie together to 1 − 10⁻⁹, from a prior of 1; two elements. */
    private static LinearGaussianModel model() {
        double[][] f = new double[STATES][STATES];
        double[][] tied = new double[STATES][STATES];
        double[][] noise = new double[STATES][STATES];
        for (int i = 0; i < STATES; i++) {
            for (int j = 0; j < STATES; j++) {
                f[i][j] = i == j ? 0.996 : 1e-3;
                tied[i][j] = i == j ? 1 : 1 - 1e-9;
                noise[i][j] = 1e-12 * tied[i][j];
            }
        }
        return GaussianCases.perceiving(
                f,
                new double[][] {{1, 0, 0, 0}, {0, 1, -1, 0}},
                noise,
                new double[][] {{1e-9, 0}, {0, 1e-9}},
                new double[STATES],
                tied);
    }

    @Test
    void aMillionStepsLeaveACovarianceSymmetricAndPositive() {
        LinearGaussianModel model = model();
        InferenceKernel kernel = InferenceKernel.compile(model);
        ObservationBlock seen = GaussianCases.observations(model, 1, ROUND, new Random(1));
        ResultBlock results = new ResultBlock(1, ROUND, kernel.layout());
        AgentBlock block = kernel.block(1, 0);
        block.start(0, 0);
        for (int round = 0; round < ROUNDS; round++) {
            for (int t = 0; t < ROUND; t++) {
                block.step(1, seen, t, results);
            }
            if (round < 10 || round % 100 == 99) {
                assertCovariance(GaussianCases.values(kernel, results, ROUND - 1, 0), "round " + round);
            }
        }
    }

    private static void assertCovariance(double[] belief, String where) {
        RealMatrix correlation = MatrixUtils.createRealIdentityMatrix(STATES);
        for (int i = 0; i < STATES; i++) {
            for (int j = 0; j < STATES; j++) {
                double value = belief[STATES + i * STATES + j];
                assertEquals(value, belief[STATES + j * STATES + i], where);
                double variances = belief[STATES + i * STATES + i] * belief[STATES + j * STATES + j];
                correlation.setEntry(i, j, value / Math.sqrt(variances));
            }
        }
        double least = Arrays.stream(new EigenDecomposition(correlation).getRealEigenvalues())
                .min()
                .orElseThrow();
        assertTrue(least > 0, "the least eigenvalue of the correlations is " + least + " in " + where);
    }
}
