package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.ModelFile;
import io.murmuration.model.RandomModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Exact filtering, smoothing and free energy against sums over all sequences of states. */
class DiscreteEngineTest {
    private static final int STEPS = 3;

    /** The probability of a sequence of joint states together with the outcomes up to its end. */
    private static double probability(DiscreteModel model, ObservationBlock seen, List<int[]> states) {
        double probability = 1;
        for (int t = 0; t < states.size(); t++) {
            int[] now = states.get(t);
            for (int f = 0; f < model.factors(); f++) {
                probability *= t == 0
                        ? model.D().get(f).get(now[f])
                        : transition(model, f, now[f], states.get(t - 1), (int) seen.action(t - 1, f, 0));
            }
            for (int m = 0; m < model.modalities(); m++) {
                double outcome = seen.observation(t, m, 0);
                probability *= Double.isNaN(outcome) ? 1 : likelihood(model, m, (int) outcome, now);
            }
        }
        return probability;
    }

    private static double transition(DiscreteModel model, int f, int next, int[] now, int action) {
        int column = column(model, next, model.bDependencies().get(f), now);
        return model.B().get(f).get(column * model.actions(f) + action);
    }

    private static double likelihood(DiscreteModel model, int m, int outcome, int[] now) {
        return model.A().get(m).get(column(model, outcome, model.aDependencies().get(m), now));
    }

    private static int column(DiscreteModel model, int first, List<Integer> dependencies, int[] states) {
        int index = first;
        for (int f : dependencies) {
            index = index * model.states(f) + states[f];
        }
        return index;
    }

    /** Sums over all sequences up to a step: the joint of each combination of states at one of them and the outcomes. */
    private static double[] bruteForce(DiscreteModel model, ObservationBlock seen, int step, int until) {
        List<int[]> combinations = combinations(model);
        double[] joint = new double[combinations.size()];
        int[] lengths = new int[until + 1];
        Arrays.fill(lengths, combinations.size());
        PlainAgent.each(lengths, sequence -> {
            List<int[]> states =
                    Arrays.stream(sequence).mapToObj(combinations::get).toList();
            joint[sequence[step]] += probability(model, seen, states);
        });
        return joint;
    }

    /** All combinations of the factors' states, the last factor varying fastest. */
    private static List<int[]> combinations(DiscreteModel model) {
        int[] lengths = new int[model.factors()];
        Arrays.setAll(lengths, model::states);
        List<int[]> combinations = new ArrayList<>();
        PlainAgent.each(lengths, states -> combinations.add(states.clone()));
        return combinations;
    }

    /** The beliefs about each factor, one after the other, that a joint comes to. */
    private static double[] marginals(DiscreteModel model, double[] joint) {
        List<int[]> combinations = combinations(model);
        double total = Arrays.stream(joint).sum();
        List<Double> marginals = new ArrayList<>();
        for (int f = 0; f < model.factors(); f++) {
            for (int s = 0; s < model.states(f); s++) {
                double sum = 0;
                for (int n = 0; n < joint.length; n++) {
                    sum += combinations.get(n)[f] == s ? joint[n] / total : 0;
                }
                marginals.add(sum);
            }
        }
        return marginals.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Property(tries = 80)
    void exactFilteringAndSmoothingAreSumsOverSequences(@ForAll long seed) {
        Random random = new Random(seed);
        DiscreteModel model = new RandomModels(random)
                .factors(1, 3)
                .maxStates(random.nextInt(3) + 2)
                .algorithm("exact")
                .withoutExtras()
                .model();
        if (combinations(model).size() > 18) {
            return;
        }
        ObservationBlock seen = Runs.observations(model, 1, STEPS, random);
        Runs.recordAllActions(seen, model, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = Runs.run(kernel, seen);
        ResultLayout layout = kernel.layout();
        double[] filtered = new double[STEPS * layout.filterWidth()];
        double[] actions = new double[STEPS * model.factors()];
        double evidenceBefore = 1;
        for (int t = 0; t < STEPS; t++) {
            double[] joint = bruteForce(model, seen, t, t);
            double evidence = Arrays.stream(joint).sum();
            for (int n = 0; n < joint.length; n++) {
                filtered[t * joint.length + n] = results.get(t, layout.filterOffset() + n, 0);
                assertEquals(joint[n] / evidence, filtered[t * joint.length + n], 1e-12);
            }
            assertArrayEquals(marginals(model, joint), Runs.column(kernel, results, "belief", t, 0), 1e-12);
            assertEquals(
                    -Math.log(evidence / evidenceBefore), Runs.column(kernel, results, "free_energy", t, 0)[0], 1e-12);
            evidenceBefore = evidence;
            for (int f = 0; f < model.factors(); f++) {
                actions[t * model.factors() + f] = seen.action(t, f, 0);
            }
        }
        int width = kernel.smoother().width();
        double[] smoothed = new double[STEPS * width];
        kernel.smoother().smooth(STEPS, filtered, actions, smoothed);
        for (int t = 0; t < STEPS; t++) {
            double[] joint = bruteForce(model, seen, t, STEPS - 1);
            assertArrayEquals(marginals(model, joint), Arrays.copyOfRange(smoothed, t * width, (t + 1) * width), 1e-12);
        }
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
        ResultBlock results = Runs.run(kernel, seen);
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
