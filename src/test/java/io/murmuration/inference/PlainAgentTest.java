package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.ActionSelection;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.SamplingMode;
import io.murmuration.model.RandomModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The engine against its conventions written out plainly a second time. */
class PlainAgentTest {
    private static final int STEPS = 6;
    private static final double TOLERANCE = 1e-10;

    @Property(tries = 300)
    void theEngineGivesWhatThePlainAgentGives(@ForAll long seed) {
        Random random = new Random(seed);
        compare(new RandomModels(random).model(), random);
    }

    @Property(tries = 200)
    void theEngineGivesWhatThePlainAgentGivesWhereManyProbabilitiesAreZero(@ForAll long seed) {
        Random random = new Random(seed);
        compare(new RandomModels(random).zeros(0.4).model(), random);
    }

    @Test
    void aTieThatRoundingDecidesIsComparedNoFurther() {
        Random random = new Random(25092);
        compare(new RandomModels(random).zeros(0.4).model(), random);
    }

    private static void compare(DiscreteModel model, Random random) {
        ObservationBlock seen = Runs.observations(model, 1, STEPS, random);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ResultBlock results = Runs.run(kernel, seen);
        PlainAgent plain = new PlainAgent(model);
        for (int t = 0; t < STEPS; t++) {
            plain.observe(outcomes(seen, model, t));
            double[] belief = Arrays.stream(plain.belief())
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            assertArrayEquals(belief, Runs.column(kernel, results, "belief", t, 0), TOLERANCE, "belief at " + t);
            assertEquals(
                    plain.freeEnergy, Runs.column(kernel, results, "free_energy", t, 0)[0], TOLERANCE, "F at " + t);
            if (plain.goalsHangOnRounding()) {
                return;
            }
            assertClose(plain.negEfe, Runs.column(kernel, results, "neg_efe", t, 0), "neg_efe at " + t);
            assertArrayEquals(
                    plain.posterior,
                    Runs.column(kernel, results, "policy_posterior", t, 0),
                    1e-9,
                    "policy_posterior at " + t);
            assertChoice(model, plain, Runs.column(kernel, results, "action", t, 0), seen, t);
            assertEquals(
                    logProbability(model, plain, seen, t),
                    Runs.column(kernel, results, "action_log_probability", t, 0)[0],
                    1e-8,
                    "action_log_probability at " + t);
            plain.act(Runs.taken(kernel, results, seen, t, 0));
        }
        if (model.learning() instanceof DirichletLearning learning) {
            assertLearned(plain.learned(learning), kernel, seen);
        }
    }

    private static int[] outcomes(ObservationBlock seen, DiscreteModel model, int t) {
        int[] outcomes = new int[model.modalities()];
        Arrays.setAll(outcomes, m -> Double.isNaN(seen.observation(t, m, 0)) ? -1 : (int) seen.observation(t, m, 0));
        return outcomes;
    }

    /** Weights of parameter information gain are in the thousands where counts are small. */
    private static void assertClose(double[] expected, double[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int p = 0; p < expected.length; p++) {
            assertEquals(expected[p], actual[p], TOLERANCE * Math.max(1, Math.abs(expected[p])), what);
        }
    }

    private static void assertChoice(
            DiscreteModel model, PlainAgent plain, double[] chosen, ObservationBlock seen, int t) {
        if (model.sampling() == SamplingMode.MARGINAL) {
            for (int f = 0; f < chosen.length; f++) {
                assertChosen(model, plain, plain.marginal(f), f, List.of((int) chosen[f]), seen.time(t, 0));
            }
            return;
        }
        List<Integer> candidates = new ArrayList<>();
        for (int p = 0; p < plain.posterior.length; p++) {
            boolean begins = true;
            for (int f = 0; f < chosen.length; f++) {
                begins &= model.policies().action(p, 0, f) == (int) chosen[f];
            }
            if (begins) {
                candidates.add(p);
            }
        }
        assertChosen(model, plain, plain.posterior, 0, candidates, seen.time(t, 0));
    }

    /** One of the candidates is most probable, or is where the draw falls. */
    private static void assertChosen(
            DiscreteModel model, PlainAgent plain, double[] p, int draw, List<Integer> candidates, long time) {
        if (model.selection() == ActionSelection.DETERMINISTIC) {
            double max = Arrays.stream(p).max().orElseThrow();
            assertTrue(candidates.stream().anyMatch(u -> p[u] >= max - 1e-8), "the most probable is chosen");
            return;
        }
        double[] sharpened = plain.sharpened(p);
        double uniform = Draws.uniform(Runs.SEED, Runs.key(0), time, draw);
        boolean hit = false;
        double below = 0;
        for (int u = 0; u < sharpened.length; u++) {
            boolean falls = uniform >= below - 1e-8 && uniform <= below + sharpened[u] + 1e-8;
            hit |= falls && candidates.contains(u);
            below += sharpened[u];
        }
        assertTrue(hit, "the draw falls on what is chosen");
    }

    private static double logProbability(DiscreteModel model, PlainAgent plain, ObservationBlock seen, int t) {
        boolean any = false;
        double marginal = 0;
        for (int f = 0; f < model.factors(); f++) {
            double recorded = seen.action(t, f, 0);
            if (!Double.isNaN(recorded)) {
                any = true;
                marginal += Math.log(plain.sharpened(plain.marginal(f))[(int) recorded]);
            }
        }
        if (!any) {
            return Double.NaN;
        }
        if (model.sampling() == SamplingMode.MARGINAL) {
            return marginal;
        }
        double[] sharpened = plain.sharpened(plain.posterior);
        double full = 0;
        boolean taken = false;
        for (int p = 0; p < sharpened.length; p++) {
            boolean begins = true;
            for (int f = 0; f < model.factors(); f++) {
                double recorded = seen.action(t, f, 0);
                begins &= Double.isNaN(recorded) || model.policies().action(p, 0, f) == (int) recorded;
            }
            full += begins ? sharpened[p] : 0;
            taken |= begins;
        }
        return taken ? Math.log(full) : Math.log(0x1p-52);
    }

    private static void assertLearned(List<double[]> expected, InferenceKernel kernel, ObservationBlock seen) {
        AgentBlock block = kernel.block(1, Runs.SEED);
        ResultBlock results = new ResultBlock(1, STEPS, kernel.layout());
        block.start(0, Runs.key(0));
        for (int t = 0; t < STEPS; t++) {
            block.step(1, seen, t, results);
        }
        CountLearning.Learned learned = kernel.learning().learned(block.state(0));
        List<double[]> actual = new ArrayList<>(learned.pA());
        actual.addAll(learned.pB());
        actual.addAll(learned.pD());
        assertEquals(expected.size(), actual.size());
        for (int k = 0; k < expected.size(); k++) {
            assertArrayEquals(expected.get(k), actual.get(k), TOLERANCE, "counts " + k);
        }
    }
}
