package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.model.LinearGaussianModel;

/** Holds filtered and smoothed beliefs against the joint Gaussian of the whole history. */
final class GaussianAssertions {
    private GaussianAssertions() {}

    /** Every step of every lane, filtered and smoothed, to {@code tolerance · max(1, |expected|)}. */
    static void assertAgrees(LinearGaussianModel model, ObservationBlock seen, double tolerance) {
        assertFilters(model, seen, tolerance);
        assertSmooths(model, seen, tolerance);
    }

    static void assertFilters(LinearGaussianModel model, ObservationBlock seen, double tolerance) {
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = GaussianCases.run(kernel, seen);
        for (int lane = 0; lane < seen.lanes(); lane++) {
            JointGaussian joint =
                    new JointGaussian(model, seen, lane, GaussianCases.actions(kernel, seen, results, lane));
            for (int t = 0; t < seen.steps(); t++) {
                assertBelief(joint.given(t, t), GaussianCases.values(kernel, results, t, lane), tolerance, "step " + t);
                double freeEnergy = GaussianCases.value(kernel, results, ResultLayout.FREE_ENERGY, t, lane);
                assertClose(joint.surprise(t), freeEnergy, tolerance, "free energy of step " + t);
                assertEquals(0, GaussianCases.value(kernel, results, ResultLayout.IMPOSSIBLE, t, lane));
            }
        }
    }

    static void assertSmooths(LinearGaussianModel model, ObservationBlock seen, double tolerance) {
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = GaussianCases.run(kernel, seen);
        for (int lane = 0; lane < seen.lanes(); lane++) {
            JointGaussian joint =
                    new JointGaussian(model, seen, lane, GaussianCases.actions(kernel, seen, results, lane));
            double[][] smoothed = GaussianCases.smooth(kernel, seen, results, lane);
            for (int t = 0; t < seen.steps(); t++) {
                assertBelief(joint.given(t, seen.steps() - 1), smoothed[t], tolerance, "smoothed step " + t);
            }
        }
    }

    static void assertBelief(JointGaussian.Belief expected, double[] actual, double tolerance, String where) {
        int n = expected.mean().length;
        for (int i = 0; i < n; i++) {
            assertClose(expected.mean()[i], actual[i], tolerance, "mean " + i + " of " + where);
            for (int j = 0; j < n; j++) {
                String what = "covariance " + i + ", " + j + " of " + where;
                assertClose(expected.covariance()[i][j], actual[n + i * n + j], tolerance, what);
            }
        }
    }

    static void assertClose(double expected, double actual, double tolerance, String what) {
        assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), what);
    }
}
