package io.murmuration.inference;

import static io.murmuration.inference.GaussianCases.observations;
import static io.murmuration.inference.GaussianCases.perceiving;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.model.LinearGaussianModel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Kalman filter gives what is worked out by hand")
class KalmanFilterTest {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
    private static final double MISSING = Double.NaN;
    private static final double TOLERANCE = 1e-14;

    private InferenceKernel kernel;
    private ResultBlock results;

    private void run(LinearGaussianModel model, double[]... steps) {
        kernel = InferenceKernel.compile(model);
        results = GaussianCases.run(kernel, observations(steps));
    }

    private void assertBelief(int step, double... expected) {
        assertArrayEquals(expected, GaussianCases.values(kernel, results, step, 0), TOLERANCE);
    }

    private void assertFreeEnergy(double expected, int step) {
        assertEquals(expected, value(ResultLayout.FREE_ENERGY, step), TOLERANCE);
    }

    private double value(String column, int step) {
        return GaussianCases.value(kernel, results, column, step, 0);
    }

    private static LinearGaussianModel localLevel() {
        return perceiving(
                new double[][] {{0.5}},
                new double[][] {{2}},
                new double[][] {{3}},
                new double[][] {{4}},
                new double[] {1},
                new double[][] {{3}});
    }

    @Test
    void aScalarIsUpdatedAndPredicted() {
        run(localLevel(), new double[] {6}, new double[] {1});
        // S = 2·3·2 + 4 = 16, K = 3·2/16 = 3/8, e = 6 − 2·1 = 4: mean 1 + 3/8·4, P = (1 − 3/4)·3.
        assertBelief(0, 2.5, 0.75);
        assertFreeEnergy(0.5 * (LOG_TWO_PI + Math.log(16) + 1), 0);
        assertEquals(0.5 * (LOG_TWO_PI + 1 + Math.log(0.75)), value(ResultLayout.BELIEF_ENTROPY, 0), TOLERANCE);
        // Prior: mean 1.25, P = 0.75/4 + 3 = 3.1875; S = 4·3.1875 + 4 = 16.75, K = 6.375/16.75, e = 1 − 2.5 = −1.5.
        assertBelief(1, 1.25 - 1.5 * 6.375 / 16.75, 3.1875 - 6.375 * 6.375 / 16.75);
        assertFreeEnergy(0.5 * (LOG_TWO_PI + Math.log(16.75) + 2.25 / 16.75), 1);
    }

    @Test
    void nothingObservedLeavesThePriorAndNoFreeEnergy() {
        run(localLevel(), new double[] {MISSING}, new double[] {MISSING});
        assertBelief(0, 1, 3);
        assertFreeEnergy(0, 0);
        assertBelief(1, 0.5, 3.75);
        assertFreeEnergy(0, 1);
        assertEquals(0, value(ResultLayout.IMPOSSIBLE, 1));
    }

    private static LinearGaussianModel twoSensorsOfOneState() {
        return perceiving(
                new double[][] {{1}},
                new double[][] {{1}, {1}},
                new double[][] {{0}},
                new double[][] {{1, 0}, {0, 2}},
                new double[] {0},
                new double[][] {{1}});
    }

    @Test
    void twoElementsAddTheirPrecisions() {
        run(twoSensorsOfOneState(), new double[] {1, 3});
        // Precision 1 + 1/1 + 1/2 = 5/2; mean (1/1 + 3/2) / (5/2) = 1. S = [2 1; 1 3], |S| = 5, eᵀS⁻¹e = (3 − 6 +
        // 18)/5.
        assertBelief(0, 1, 0.4);
        assertFreeEnergy(0.5 * (2 * LOG_TWO_PI + Math.log(5) + 3), 0);
    }

    @Test
    void aMissingElementAddsNothing() {
        run(twoSensorsOfOneState(), new double[] {MISSING, 3}, new double[] {1, MISSING});
        // Precision 1 + 1/2, mean 3/2 / (3/2) = 1; S = 3.
        assertBelief(0, 1, 2.0 / 3);
        assertFreeEnergy(0.5 * (LOG_TWO_PI + Math.log(3) + 3), 0);
        // Precision 5/2 once both have been seen; e = 0, S = 2/3 + 1.
        assertBelief(1, 1, 0.4);
        assertFreeEnergy(0.5 * (LOG_TWO_PI + Math.log(5.0 / 3)), 1);
    }

    @Test
    void noiseThatElementsShareIsTakenOut() {
        // o2 − o1 = x exactly, because both have the same noise v ~ N(0, 1): o = (v, x + v).
        run(
                perceiving(
                        new double[][] {{1}},
                        new double[][] {{0}, {1}},
                        new double[][] {{0}},
                        new double[][] {{1, 1}, {1, 1}},
                        new double[] {0},
                        new double[][] {{4}}),
                new double[] {0.5, 2.5},
                new double[] {1, 3},
                new double[] {1, 4});
        assertBelief(0, 2, 0);
        assertFreeEnergy(0.5 * (2 * LOG_TWO_PI + Math.log(4) + 0.25 + 1), 0);
        // x is known: only v is news.
        assertBelief(1, 2, 0);
        assertFreeEnergy(0.5 * (LOG_TWO_PI + 1), 1);
        assertEquals(0, value(ResultLayout.IMPOSSIBLE, 1));
        assertBelief(2, 2, 0);
        assertEquals(1, value(ResultLayout.IMPOSSIBLE, 2));
    }
}
