package io.murmuration.inference;

import static io.murmuration.inference.GaussianCases.observations;
import static io.murmuration.inference.GaussianCases.perceiving;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.LinearGaussianModel;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Observations without noise: what is known exactly is neither news nor, when contradicted, the end of finite numbers. */
@Label("What is observed without noise is known")
class ExactObservationsTest {
    private static final double[][] NONE = {{0, 0}, {0, 0}};
    private static final double[][] IDENTITY = {{1, 0}, {0, 1}};

    private static void assertFinite(ResultBlock results) {
        for (double value : results.values()) {
            assertTrue(Double.isFinite(value), "a number is " + value);
        }
    }

    private static double[] column(InferenceKernel kernel, ResultBlock results, String name, int steps) {
        double[] values = new double[steps];
        for (int t = 0; t < steps; t++) {
            values[t] = GaussianCases.value(kernel, results, name, t, 0);
        }
        return values;
    }

    @Test
    void anExactDuplicateIsNoNewsAndItsContradictionIsFlagged() {
        LinearGaussianModel model = perceiving(
                new double[][] {{1}},
                new double[][] {{1}, {1}},
                new double[][] {{1}},
                NONE,
                new double[] {0},
                new double[][] {{1}});
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results =
                GaussianCases.run(kernel, observations(new double[] {2, 2}, new double[] {1, 4}, new double[] {3, 3}));
        assertArrayEquals(new double[] {0, 1, 0}, column(kernel, results, ResultLayout.IMPOSSIBLE, 3));
        double logTwoPi = Math.log(2 * Math.PI);
        assertArrayEquals(
                new double[] {0.5 * (logTwoPi + 4), 0.5 * (logTwoPi + 1), 0.5 * (logTwoPi + 4)},
                column(kernel, results, ResultLayout.FREE_ENERGY, 3),
                1e-14);
        assertArrayEquals(new double[] {1, 0}, GaussianCases.values(kernel, results, 1, 0), 1e-14);
        assertFinite(results);
    }

    /** Two constant states seen exactly, through any H and from any prior: known from the first step on. */
    @Property(tries = 300)
    void constantsSeenExactlyAreNoNewsAgain(@ForAll long seed) {
        Random random = new Random(seed);
        double[][] h = {
            {1 + 0.4 * random.nextDouble(), 0.6 * random.nextDouble()},
            {-0.6 * random.nextDouble(), 1 + 0.4 * random.nextDouble()}
        };
        LinearGaussianModel model = perceiving(
                IDENTITY,
                h,
                NONE,
                NONE,
                new double[] {random.nextGaussian(), random.nextGaussian()},
                GaussianCases.covariance(random, 2, 2, 0.3));
        InferenceKernel kernel = InferenceKernel.compile(model);
        double[] truth = {random.nextGaussian(), random.nextGaussian()};
        double[] seen = {h[0][0] * truth[0] + h[0][1] * truth[1], h[1][0] * truth[0] + h[1][1] * truth[1]};
        double[] contradicted = {seen[0], seen[1] + 1e-3};
        ResultBlock results = GaussianCases.run(kernel, observations(seen, seen, contradicted, seen));
        for (int t = 0; t < 4; t++) {
            assertArrayEquals(
                    new double[] {truth[0], truth[1], 0, 0, 0, 0}, GaussianCases.values(kernel, results, t, 0), 1e-12);
            if (t > 0) {
                assertEquals(0, GaussianCases.value(kernel, results, ResultLayout.FREE_ENERGY, t, 0));
            }
        }
        assertArrayEquals(new double[] {0, 0, 1, 0}, column(kernel, results, ResultLayout.IMPOSSIBLE, 4));
        assertFinite(results);
    }

    /** A sum seen exactly says nothing new when seen again, though neither of its terms is known. */
    @Property(tries = 300)
    void aCombinationSeenExactlyIsNoNewsAgain(@ForAll long seed) {
        Random random = new Random(seed);
        double[][] h = {{0.5 + random.nextDouble(), 0.5 + random.nextDouble()}};
        LinearGaussianModel model = perceiving(
                IDENTITY,
                h,
                NONE,
                new double[][] {{0}},
                new double[] {0, 0},
                GaussianCases.covariance(random, 2, 2, 0.3));
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = GaussianCases.run(
                kernel, observations(new double[] {1}, new double[] {1}, new double[] {2}, new double[] {1}));
        assertArrayEquals(new double[] {0, 0, 1, 0}, column(kernel, results, ResultLayout.IMPOSSIBLE, 4));
        for (int t = 0; t < 4; t++) {
            double[] belief = GaussianCases.values(kernel, results, t, 0);
            assertEquals(1, h[0][0] * belief[0] + h[0][1] * belief[1], 1e-12);
            if (t > 0) {
                assertEquals(0, GaussianCases.value(kernel, results, ResultLayout.FREE_ENERGY, t, 0));
            }
        }
        assertFinite(results);
    }

    @Test
    void noiseIsNotTakenForRoundingBesideADiffusePrior() {
        // Two sensors of one state, noise 1 each, prior variance 10¹⁴: what they differ by has variance 2,
        // give or take the 0.02 that 10¹⁴ is rounded to.
        LinearGaussianModel model = perceiving(
                new double[][] {{1}},
                new double[][] {{1}, {1}},
                new double[][] {{0}},
                IDENTITY,
                new double[] {0},
                new double[][] {{1e14}});
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = GaussianCases.run(kernel, observations(new double[] {-1, 1}));
        assertEquals(0, GaussianCases.value(kernel, results, ResultLayout.IMPOSSIBLE, 0, 0));
        assertArrayEquals(new double[] {0, 0.5}, GaussianCases.values(kernel, results, 0, 0), 0.1);
    }

    @Test
    void largeNumbersAreNoContradictionByTheirRounding() {
        // A known position that turns by an angle at each step, a tenth of a light year from its centre, in metres.
        double c = Math.cos(0.1);
        double s = Math.sin(0.1);
        LinearGaussianModel model =
                perceiving(new double[][] {{c, -s}, {s, c}}, IDENTITY, NONE, NONE, new double[] {1e15, 0}, NONE);
        InferenceKernel kernel = InferenceKernel.compile(model);
        double[][] seen = new double[100][];
        for (int t = 0; t < seen.length; t++) {
            seen[t] = new double[] {1e15 * Math.cos(0.1 * t), 1e15 * Math.sin(0.1 * t)};
        }
        ResultBlock results = GaussianCases.run(kernel, observations(seen));
        assertArrayEquals(new double[100], column(kernel, results, ResultLayout.IMPOSSIBLE, 100));
    }
}
