package io.murmuration.inference;

import static io.murmuration.inference.GaussianAssertions.assertAgrees;
import static io.murmuration.inference.GaussianAssertions.assertFilters;
import static io.murmuration.inference.GaussianAssertions.assertSmooths;

import io.murmuration.model.LinearGaussianModel;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** Filtering, free energy and smoothing against one Gaussian over all states and observations of a history. */
@Label("Linear-Gaussian beliefs are those of the joint Gaussian")
class LinearGaussianInferenceTest {
    private static final int STEPS = 4;

    @Property(tries = 40)
    void filteringAndSmoothingConditionTheJointGaussian(@ForAll long seed) {
        Random random = new Random(seed);
        LinearGaussianModel model = GaussianCases.random(random);
        assertAgrees(model, GaussianCases.observations(model, 2, STEPS, random), 1e-8);
    }

    private static double[][] scaled(double[][] matrix, double factor) {
        for (double[] row : matrix) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
        return matrix;
    }

    private static double[][] identity(int size) {
        double[][] identity = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    /** Two states and one element that sees both, so that the prior's size stays in one direction for a step. */
    private static LinearGaussianModel diffuse(Random random, double variance) {
        return GaussianCases.perceiving(
                new double[][] {{1, 0.5}, {0, 1}},
                new double[][] {{1, 0.3 + random.nextDouble()}},
                GaussianCases.covariance(random, 2, 2, 0.1),
                new double[][] {{1}},
                new double[] {random.nextGaussian(), random.nextGaussian()},
                scaled(identity(2), variance));
    }

    /**
     * A covariance of the size of the prior cannot tell differences below {@code 2⁻⁵²} of it: relative to the noise that
     * is 2e-10 at 10⁶, 2e-4 at 10¹². The error is held to twenty such roundings.
     */
    @Property(tries = 20)
    void aDiffusePriorCostsNoMoreThanItsRounding(
            @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 12) double log) {
        Random random = new Random(seed);
        double variance = Math.pow(10, log);
        LinearGaussianModel model = diffuse(random, variance);
        ObservationBlock seen = GaussianCases.observations(model, 1, STEPS, random);
        assertFilters(model, seen, 1e-10 + 20 * variance * Math.ulp(1.0));
        assertSmooths(model, seen, 1e-10 + 20 * variance * Math.ulp(1.0));
    }

    @Property(tries = 20)
    void aDiffusePriorThatTheFirstObservationEndsCostsNothing(
            @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 14) double log) {
        Random random = new Random(seed);
        int m = 2 + random.nextInt(2);
        LinearGaussianModel model = GaussianCases.perceiving(
                new double[][] {{1, 0.5}, {0, 1}},
                new double[][] {{1, 0}, {0, 1}, {0, 1}},
                GaussianCases.covariance(random, 2, 2, 0.1),
                GaussianCases.covariance(random, 3, m, 0.2),
                new double[] {0, 0},
                scaled(GaussianCases.covariance(random, 2, 2, 0.2), Math.pow(10, log)));
        ObservationBlock seen = GaussianCases.observations(model, 1, STEPS, random);
        for (int e = 0; e < 2; e++) {
            seen.setObservation(0, e, 0, random.nextGaussian());
        }
        seen.setObservation(0, 2, 0, Double.NaN);
        assertAgrees(model, seen, 1e-9);
    }

    @Property(tries = 40)
    void singularProcessNoiseAndPriorsAreNothingSpecialToTheFilter(@ForAll long seed) {
        Random random = new Random(seed);
        int n = 2 + random.nextInt(3);
        int m = 1 + random.nextInt(3);
        LinearGaussianModel model = GaussianCases.perceiving(
                GaussianCases.matrix(random, n, n, 0.6),
                GaussianCases.matrix(random, m, n, 1),
                GaussianCases.covariance(random, n, 1, 0),
                GaussianCases.covariance(random, m, m, 0.2),
                new double[n],
                GaussianCases.covariance(random, n, 1 + random.nextInt(n), 0));
        assertFilters(model, GaussianCases.observations(model, 1, STEPS, random), 1e-9);
    }

    /**
     * Some states move and others, which drive them, are known for certain, seen in axes that are turned: no prediction
     * has an inverse, and rounding hides that.
     */
    @Property(tries = 40)
    void aSingularPredictionIsSmoothedAlike(@ForAll long seed) {
        Random random = new Random(seed);
        int n = 2 + random.nextInt(3);
        int moving = 1 + random.nextInt(n - 1);
        double[][] f = GaussianCases.matrix(random, n, n, 0.6);
        double[][] q = new double[n][n];
        double[][] prior = new double[n][n];
        double[][] movingNoise = GaussianCases.covariance(random, moving, moving, 0.2);
        double[][] movingPrior = GaussianCases.covariance(random, moving, moving, 0.2);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < moving; j++) {
                if (i >= moving) {
                    f[i][j] = 0;
                } else {
                    q[i][j] = movingNoise[i][j];
                    prior[i][j] = movingPrior[i][j];
                }
            }
        }
        RealMatrix turn = new QRDecomposition(new Array2DRowRealMatrix(GaussianCases.matrix(random, n, n, 1))).getQ();
        int m = 1 + random.nextInt(3);
        LinearGaussianModel model = GaussianCases.perceiving(
                turned(f, turn),
                GaussianCases.matrix(random, m, n, 1),
                turned(q, turn),
                GaussianCases.covariance(random, m, m, 0.2),
                GaussianCases.matrix(random, 1, n, 1)[0],
                turned(prior, turn));
        assertAgrees(model, GaussianCases.observations(model, 1, STEPS, random), 1e-8);
    }

    private static double[][] turned(double[][] matrix, RealMatrix turn) {
        return turn.multiply(new Array2DRowRealMatrix(matrix))
                .multiply(turn.transpose())
                .getData();
    }

    @Property(tries = 40)
    void elementsWithoutNoiseAreNothingSpecialWhereStatesMove(@ForAll long seed) {
        Random random = new Random(seed);
        int n = 2 + random.nextInt(3);
        int m = 1 + random.nextInt(n);
        double[][] r = GaussianCases.covariance(random, m, m, 0.2);
        int exact = random.nextInt(m);
        for (int e = 0; e < m; e++) {
            r[exact][e] = 0;
            r[e][exact] = 0;
        }
        double[][] h = GaussianCases.matrix(random, m, n, 0.3);
        for (int e = 0; e < m; e++) {
            h[e][e] += 2;
        }
        LinearGaussianModel model = GaussianCases.perceiving(
                GaussianCases.matrix(random, n, n, 0.6),
                h,
                GaussianCases.covariance(random, n, n, 0.2),
                r,
                new double[n],
                GaussianCases.covariance(random, n, n, 0.2));
        assertAgrees(model, GaussianCases.observations(model, 1, STEPS, random), 1e-8);
    }

    /** A variance of 10⁻¹² next to one of 10¹²: what is small beside another state is not rounding. */
    @Property(tries = 20)
    void statesOfVeryDifferentUnitsAreSmoothedAlike(@ForAll long seed) {
        Random random = new Random(seed);
        double[] units = {1e-6, 1e6};
        double[][] f = {{0.9, 0.2e-12}, {0.1e12, 0.8}};
        double[][] q = GaussianCases.covariance(random, 2, 2, 0.2);
        double[][] prior = GaussianCases.covariance(random, 2, 2, 0.2);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                q[i][j] *= units[i] * units[j];
                prior[i][j] *= units[i] * units[j];
            }
        }
        LinearGaussianModel model =
                GaussianCases.perceiving(f, new double[][] {{1e6, 0}, {0, 1e-6}}, q, identity(2), new double[2], prior);
        ObservationBlock seen = GaussianCases.observations(model, 1, STEPS, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = GaussianCases.run(kernel, seen);
        JointGaussian joint = new JointGaussian(model, seen, 0, new double[STEPS][0]);
        double[][] smoothed = GaussianCases.smooth(kernel, seen, results, 0);
        for (int t = 0; t < STEPS; t++) {
            JointGaussian.Belief expected = joint.given(t, STEPS - 1);
            for (int i = 0; i < 2; i++) {
                String where = "state " + i + " of step " + t;
                GaussianAssertions.assertClose(expected.mean()[i] / units[i], smoothed[t][i] / units[i], 1e-9, where);
                double variance = units[i] * units[i];
                GaussianAssertions.assertClose(
                        expected.covariance()[i][i] / variance, smoothed[t][2 + 3 * i] / variance, 1e-9, where);
            }
        }
    }
}
