package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.ModelFile;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Exact filtering, smoothing and free energy against sums over all sequences of states. */
class DiscreteEngineTest {
    private static final int STEPS = 4;

    /** A random model of two factors with coupled transitions and two modalities, without zeros, filtered exactly. */
    private static DiscreteModel random(Random random, String algorithm) {
        String text = String.format(
                Locale.ROOT,
                "{\"kind\":\"discrete\",\"A\":[%s,%s],\"B\":[%s,%s],\"D\":[%s,%s],\"A_dependencies\":[[0],[0,1]],"
                        + "\"B_dependencies\":[[0,1],[1]],\"inference\":{\"algorithm\":\"%s\"}}",
                tensor(random, 2, 3),
                tensor(random, 3, 3, 2),
                tensor(random, 3, 3, 2, 2),
                tensor(random, 2, 2, 1),
                tensor(random, 3),
                tensor(random, 2),
                algorithm);
        return (DiscreteModel) ModelFile.parse(text, "random", false);
    }

    /** Nested arrays whose columns along the first axis are random distributions. */
    private static String tensor(Random random, int... shape) {
        int columns = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            columns *= shape[axis];
        }
        double[] values = new double[shape[0] * columns];
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int i = 0; i < shape[0]; i++) {
                values[i * columns + j] = 0.05 + random.nextDouble();
                sum += values[i * columns + j];
            }
            for (int i = 0; i < shape[0]; i++) {
                values[i * columns + j] /= sum;
            }
        }
        return nested(values, shape, 0, new int[1]);
    }

    private static String nested(double[] values, int[] shape, int axis, int[] next) {
        if (axis == shape.length) {
            return Double.toString(values[next[0]++]);
        }
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < shape[axis]; i++) {
            text.append(i == 0 ? "" : ",").append(nested(values, shape, axis + 1, next));
        }
        return text.append("]").toString();
    }

    private static ObservationBlock observations(DiscreteModel model, Random random) {
        ObservationBlock block = new ObservationBlock(1, STEPS, model.modalities(), model.factors());
        for (int t = 0; t < STEPS; t++) {
            for (int m = 0; m < model.modalities(); m++) {
                boolean missing = random.nextInt(5) == 0;
                block.setObservation(t, m, 0, missing ? Double.NaN : random.nextInt(model.outcomes(m)));
            }
            block.setAction(t, 0, 0, random.nextInt(2));
            block.setAction(t, 1, 0, 0);
        }
        return block;
    }

    /** Sums over all sequences of the 6 joint states: the joint of each state at a step and the outcomes up to a step. */
    private static double[] bruteForce(DiscreteModel model, ObservationBlock seen, int step, int until) {
        double[] joint = new double[6];
        for (int code = 0; code < Math.pow(6, until + 1); code++) {
            double probability = 1;
            int rest = code;
            int before = -1;
            int atStep = -1;
            for (int t = 0; t <= until; t++) {
                int now = rest % 6;
                rest /= 6;
                probability *= t == 0
                        ? model.D().get(0).get(now / 2) * model.D().get(1).get(now % 2)
                        : transition(model, now, before, (int) seen.action(t - 1, 0, 0));
                probability *= likelihood(model, now, seen, t);
                atStep = t == step ? now : atStep;
                before = now;
            }
            joint[atStep] += probability;
        }
        return joint;
    }

    private static double transition(DiscreteModel model, int now, int before, int action) {
        return model.B().get(0).get(((now / 2 * 3 + before / 2) * 2 + before % 2) * 2 + action)
                * model.B().get(1).get(now % 2 * 2 + before % 2);
    }

    private static double likelihood(DiscreteModel model, int state, ObservationBlock seen, int t) {
        double first = seen.observation(t, 0, 0);
        double second = seen.observation(t, 1, 0);
        return (Double.isNaN(first) ? 1 : model.A().get(0).get((int) first * 3 + state / 2))
                * (Double.isNaN(second) ? 1 : model.A().get(1).get(((int) second * 3 + state / 2) * 2 + state % 2));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    @Property(tries = 50)
    void exactFilteringAndSmoothingAreSumsOverSequences(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = random(random, "exact");
        ObservationBlock seen = observations(model, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = run(kernel, seen);
        ResultLayout layout = kernel.layout();
        double[] filtered = new double[STEPS * layout.filterWidth()];
        double[] actions = new double[STEPS * 2];
        double evidenceBefore = 1;
        for (int t = 0; t < STEPS; t++) {
            double[] joint = bruteForce(model, seen, t, t);
            double evidence = sum(joint);
            for (int n = 0; n < 6; n++) {
                filtered[t * 6 + n] = results.get(t, layout.filterOffset() + n, 0);
                assertEquals(joint[n] / evidence, filtered[t * 6 + n], 1e-12);
            }
            double surprise = results.get(t, layout.offset(ResultLayout.FREE_ENERGY), 0);
            assertEquals(-Math.log(evidence / evidenceBefore), surprise, 1e-12);
            evidenceBefore = evidence;
            actions[t * 2] = seen.action(t, 0, 0);
        }
        double[] smoothed = new double[STEPS * 5];
        kernel.smoother().smooth(STEPS, filtered, actions, smoothed);
        for (int t = 0; t < STEPS; t++) {
            double[] joint = bruteForce(model, seen, t, STEPS - 1);
            double first = (joint[0] + joint[1]) / sum(joint);
            assertEquals(first, smoothed[t * 5], 1e-12);
            assertEquals((joint[0] + joint[2] + joint[4]) / sum(joint), smoothed[t * 5 + 3], 1e-12);
        }
    }

    @Property(tries = 50)
    void fixedPointFreeEnergyIsAnUpperBoundAndBeliefsAreDistributions(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = random(random, "fpi");
        ObservationBlock seen = observations(model, random);
        ResultBlock results = run(InferenceKernel.compile(model), seen);
        double evidence = sum(bruteForce(model, seen, 0, 0));
        ResultLayout layout = InferenceKernel.compile(model).layout();
        assertTrue(results.get(0, layout.offset(ResultLayout.FREE_ENERGY), 0) >= -Math.log(evidence) - 1e-12);
        for (int t = 0; t < STEPS; t++) {
            assertEquals(1, results.get(t, 0, 0) + results.get(t, 1, 0) + results.get(t, 2, 0), 1e-12);
            assertEquals(1, results.get(t, 3, 0) + results.get(t, 4, 0), 1e-12);
        }
    }

    private static ResultBlock run(InferenceKernel kernel, ObservationBlock seen) {
        AgentBlock block = kernel.block(1, 0);
        ResultBlock results = new ResultBlock(1, STEPS, kernel.layout());
        block.start(0, 1);
        for (int t = 0; t < STEPS; t++) {
            block.step(1, seen, t, results);
        }
        return results;
    }

    @Test
    void anImpossibleObservationGivesFiniteNumbersAndAFlag() {
        DiscreteModel model = (DiscreteModel) ModelFile.parse(
                "{\"kind\":\"discrete\",\"A\":[[[1,0],[0,1]]],\"B\":[[[[1],[0]],[[0],[1]]]],\"D\":[[1,0]]}",
                "certain",
                false);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ObservationBlock seen = new ObservationBlock(1, STEPS, 1, 1);
        seen.setObservation(0, 0, 0, 1);
        ResultBlock results = run(kernel, seen);
        ResultLayout layout = kernel.layout();
        assertEquals(1, results.get(0, layout.offset(ResultLayout.IMPOSSIBLE), 0));
        assertEquals(0.5, results.get(0, 0, 0), 1e-12);
        assertEquals(51 * Math.log(2), results.get(0, layout.offset(ResultLayout.FREE_ENERGY), 0), 1e-12);
        assertEquals(0, results.get(1, layout.offset(ResultLayout.IMPOSSIBLE), 0));
    }

    @Test
    void logarithmsAreThoseOfTheLibraryToALastPlace() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            double x = StrictMath.exp(random.nextDouble() * 80 - 60);
            double expected = StrictMath.log(x);
            assertEquals(expected, Logarithm.of(x), Math.ulp(expected));
        }
        assertEquals(0, Logarithm.of(1));
    }

    @Test
    void exponentialsAreThoseOfTheLibraryToALastPlace() {
        Random random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            double x = -random.nextDouble() * (i % 2 == 0 ? 1 : 700);
            double expected = StrictMath.exp(x);
            assertEquals(expected, Exponential.ofNonPositive(x), Math.ulp(expected));
        }
        assertEquals(1, Exponential.ofNonPositive(0));
        assertEquals(0, Exponential.ofNonPositive(-1e9));
    }
}
