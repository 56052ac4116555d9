package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.ModelFile;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

/** Small cases with the arithmetic beside them. */
class WorkedByHandTest {
    private static final double TOLERANCE = 1e-12;

    /** Two states, two outcomes; action 0 stays, action 1 changes over. */
    private static final String ROOMS =
            """
            kind: discrete
            A: [[[0.9, 0.2], [0.1, 0.8]]]
            B: [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]]
            D: [[0.5, 0.5]]
            """;

    /** The same with counts; a state changes with probability 0.2 and there is nothing to choose. */
    private static final String LEARNER =
            """
            kind: discrete
            pA: [[[9, 2], [1, 8]]]
            pB: [[[[4], [1]], [[1], [4]]]]
            pD: [[1, 1]]
            learning: {parameters: [A, B, D], rates: {A: 0.5, B: 2, D: 3}, forgetting: 0.9, update: %s}
            """;

    /** Three policies, of which each is an action; habits alone decide. */
    private static final String STOCHASTIC =
            """
            kind: discrete
            A: [[[0.9, 0.2, 0.5], [0.1, 0.8, 0.5]]]
            B: [[[[1, 0, 0], [1, 0, 0], [1, 0, 0]], [[0, 1, 0], [0, 1, 0], [0, 1, 0]],
              [[0, 0, 1], [0, 0, 1], [0, 0, 1]]]]
            D: [[0.2, 0.3, 0.5]]
            gamma: 0
            alpha: 2
            E: [0.5, 0.3, 0.2]
            action_selection: stochastic
            """;

    private record Run(InferenceKernel kernel, AgentBlock block, ResultBlock results) {
        double[] column(String name, int step) {
            return Runs.column(kernel, results, name, step, 0);
        }
    }

    /** One agent that sees the given outcomes of one modality; NaN is a missing one. */
    private static Run run(String yaml, double... outcomes) {
        DiscreteModel model = (DiscreteModel) ModelFile.parse(yaml, "model", true);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ObservationBlock seen = new ObservationBlock(1, outcomes.length, model.modalities(), model.factors());
        ResultBlock results = new ResultBlock(1, outcomes.length, kernel.layout());
        AgentBlock block = kernel.block(1, Runs.SEED);
        block.start(0, Runs.key(0));
        for (int t = 0; t < outcomes.length; t++) {
            seen.setObservation(t, 0, 0, outcomes[t]);
            block.step(1, seen, t, results);
        }
        return new Run(kernel, block, results);
    }

    @Test
    void anObservationUpdatesTheBeliefByBayesRule() {
        Run run = run(ROOMS + "policies: [[[1]]]", 0, 1, Double.NaN);
        // P(o = 0) = 0.5 · 0.9 + 0.5 · 0.2 = 0.55; belief 0.45 / 0.55 and 0.10 / 0.55.
        assertArrayEquals(new double[] {9.0 / 11, 2.0 / 11}, run.column("belief", 0), TOLERANCE);
        assertEquals(-Math.log(0.55), run.column("free_energy", 0)[0], TOLERANCE);
        // Changed over, the prior is (2, 9) / 11; P(o = 1) = (2 · 0.1 + 9 · 0.8) / 11 = 7.4 / 11.
        assertArrayEquals(new double[] {0.2 / 7.4, 7.2 / 7.4}, run.column("belief", 1), TOLERANCE);
        assertEquals(-Math.log(7.4 / 11), run.column("free_energy", 1)[0], TOLERANCE);
        // Nothing is seen: the belief is the prior, and nothing surprises.
        assertArrayEquals(new double[] {7.2 / 7.4, 0.2 / 7.4}, run.column("belief", 2), TOLERANCE);
        assertEquals(0, run.column("free_energy", 2)[0], TOLERANCE);
    }

    @Test
    void twoPoliciesAreWorthWhatTheirOutcomesAreWorth() {
        Run run = run(ROOMS + "C: [[0, 2]]\ngamma: 0.5\nE: [0.75, 0.25]", 0);
        // Staying: states (9, 2) / 11, outcomes (9 · 0.9 + 2 · 0.2, 9 · 0.1 + 2 · 0.8) / 11 = (8.5, 2.5) / 11.
        // Changing: states (2, 9) / 11, outcomes (2 · 0.9 + 9 · 0.2, 2 · 0.1 + 9 · 0.8) / 11 = (3.6, 7.4) / 11.
        // Utility is 2 for outcome 1; information gain is H[outcomes] less the mean of the columns' entropies.
        double stay = 2 * 2.5 / 11 + entropy(8.5 / 11) - (9 * entropy(0.9) + 2 * entropy(0.2)) / 11;
        double change = 2 * 7.4 / 11 + entropy(3.6 / 11) - (2 * entropy(0.9) + 9 * entropy(0.2)) / 11;
        assertArrayEquals(new double[] {stay, change}, run.column("neg_efe", 0), TOLERANCE);
        // Habits prefer staying three to one; odds are 3 · exp(0.5 · (stay − change)).
        double odds = 3 * Math.exp(0.5 * (stay - change));
        assertArrayEquals(
                new double[] {odds / (1 + odds), 1 / (1 + odds)}, run.column("policy_posterior", 0), TOLERANCE);
    }

    private static double entropy(double p) {
        return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }

    @Test
    void termsThatAreSwitchedOffAreWorthNothing() {
        Run run = run(ROOMS + "C: [[0, 2]]\nuse_states_info_gain: false", 0);
        assertArrayEquals(new double[] {2 * 2.5 / 11, 2 * 7.4 / 11}, run.column("neg_efe", 0), TOLERANCE);
        Run nothing = run(ROOMS + "C: [[0, 2]]\nuse_states_info_gain: false\nuse_utility: false", 0);
        assertArrayEquals(new double[] {0, 0}, nothing.column("neg_efe", 0), TOLERANCE);
    }

    @Test
    void habitsAloneDecideWhereGammaIsZero() {
        Run run = run(ROOMS + "C: [[0, 9]]\ngamma: 0\nE: [0.7, 0.3]", 0);
        assertArrayEquals(new double[] {0.7, 0.3}, run.column("policy_posterior", 0), TOLERANCE);
        assertArrayEquals(new double[] {0}, run.column("action", 0));
    }

    @Test
    void countsOfASequenceAreUpdatedOnceWithForgettingAndRates() {
        Run run = run(String.format(LEARNER, "sequence"), 0, 1);
        // q0 = (9, 2) / 11. Prior (9 · 0.8 + 2 · 0.2, 9 · 0.2 + 2 · 0.8) / 11 = (7.6, 3.4) / 11;
        // times (0.1, 0.8): (0.76, 2.72) / 11, so that q1 = (0.76, 2.72) / 3.48.
        double[] q0 = {9.0 / 11, 2.0 / 11};
        double[] q1 = {0.76 / 3.48, 2.72 / 3.48};
        assertArrayEquals(q1, run.column("belief", 1), TOLERANCE);
        CountLearning.Learned learned =
                run.kernel().learning().learned(run.block().state(0));
        // count ← 0.9 · count + rate · increment: outcome 0 was seen in q0, outcome 1 in q1.
        assertArrayEquals(
                new double[] {0.9 * 9 + 0.5 * q0[0], 0.9 * 2 + 0.5 * q0[1], 0.9 * 1 + 0.5 * q1[0], 0.9 * 8 + 0.5 * q1[1]
                },
                learned.pA().get(0),
                TOLERANCE);
        // One transition: q1 ⊗ q0.
        assertArrayEquals(
                new double[] {
                    0.9 * 4 + 2 * q1[0] * q0[0],
                    0.9 * 1 + 2 * q1[0] * q0[1],
                    0.9 * 1 + 2 * q1[1] * q0[0],
                    0.9 * 4 + 2 * q1[1] * q0[1]
                },
                learned.pB().get(0),
                TOLERANCE);
        assertArrayEquals(
                new double[] {0.9 + 3 * q0[0], 0.9 + 3 * q0[1]}, learned.pD().get(0), TOLERANCE);
    }

    @Test
    void countsThatAreUpdatedAtEachStepShapeTheNextStep() {
        Run run = run(String.format(LEARNER, "step"), 0, 0);
        // After the first step pA[·][0] = (8.1 + 0.5 · 9/11, 0.9), pA[·][1] = (1.8 + 0.5 · 2/11, 7.2); pB only forgets,
        // which its normalised values do not notice. The prior is (7.6, 3.4) / 11.
        double first = (8.1 + 4.5 / 11) / (9 + 4.5 / 11);
        double second = (1.8 + 1.0 / 11) / (9 + 1.0 / 11);
        double evidence = (7.6 * first + 3.4 * second) / 11;
        assertEquals(-Math.log(evidence), run.column("free_energy", 1)[0], TOLERANCE);
        double q0 = 9.0 / 11;
        double q1 = 7.6 * first / 11 / evidence;
        assertArrayEquals(new double[] {q1, 1 - q1}, run.column("belief", 1), TOLERANCE);
        CountLearning.Learned learned =
                run.kernel().learning().learned(run.block().state(0));
        // Two updates: 0.9 · (0.9 · 9 + 0.5 q0) + 0.5 q1, and 0.9 · 0.9 · 4 + 2 q1 q0.
        assertEquals(0.81 * 9 + 0.45 * q0 + 0.5 * q1, learned.pA().get(0)[0], TOLERANCE);
        assertEquals(0.81 * 4 + 2 * q1 * q0, learned.pB().get(0)[0], TOLERANCE);
        assertEquals(0.81 + 0.9 * 3 * q0, learned.pD().get(0)[0], TOLERANCE);
    }

    @Test
    void noCountsAtAllAreAUniformBelief() {
        Run run = run(String.format(LEARNER, "step").replace("pD: [[1, 1]]", "pD: [[0, 0]]"), 0);
        assertArrayEquals(new double[] {9.0 / 11, 2.0 / 11}, run.column("belief", 0), TOLERANCE);
    }

    /** Four places in a row; one can stay or go one further, and the last is the goal. */
    private static final String ROW =
            """
            kind: discrete
            A: [[[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]]
            B:
            - - [[1, 0], [0, 0], [0, 0], [0, 0]]
              - [[0, 1], [1, 0], [0, 0], [0, 0]]
              - [[0, 0], [0, 1], [1, 0], [0, 0]]
              - [[0, 0], [0, 0], [0, 1], [1, 1]]
            D: [[0.25, 0.25, 0.25, 0.25]]
            use_states_info_gain: false
            inductive: {H: [[0, 0, 0, 1]], depth: %d, threshold: 0.5, epsilon: 0.01}
            """;

    @Test
    void inductionPunishesStatesThatLeadAwayFromTheGoal() {
        // I[0] = {3}, I[1] = {2, 3}, I[2] = {1, 2, 3}. From place 1, k* = 2: a next state outside of I[1] costs log
        // 0.01.
        // Staying in 1 costs it; going to 2 does not.
        assertArrayEquals(
                new double[] {Math.log(0.01), 0}, run(String.format(ROW, 4), 1).column("neg_efe", 0), TOLERANCE);
        // At the goal k* = 0 and the row is 0: both actions stay there.
        assertArrayEquals(new double[] {0, 0}, run(String.format(ROW, 4), 3).column("neg_efe", 0), TOLERANCE);
        // More rows than there are states change nothing, and cost nothing.
        assertArrayEquals(
                new double[] {Math.log(0.01), 0},
                run(String.format(ROW, Integer.MAX_VALUE), 1).column("neg_efe", 0),
                TOLERANCE);
        // A table of two rows does not reach back to place 1: there is no value.
        assertArrayEquals(new double[] {0, 0}, run(String.format(ROW, 2), 1).column("neg_efe", 0), TOLERANCE);
    }

    @Test
    void marginalChoiceSumsOverPoliciesAndFullChoiceDoesNot() {
        String model = ROOMS + "gamma: 0\npolicies: [[[0]], [[1]], [[1]]]\nE: [0.4, 0.3, 0.3]\nsampling_mode: %s";
        // Action 1 has 0.3 + 0.3; the most probable policy, with 0.4, takes action 0.
        assertEquals(1, run(String.format(model, "marginal"), 0).column("action", 0)[0]);
        assertEquals(0, run(String.format(model, "full"), 0).column("action", 0)[0]);
    }

    @Test
    void theLowestIndexIsChosenWhereAllAreEqual() {
        assertEquals(0, run(ROOMS + "gamma: 0", 0).column("action", 0)[0]);
        assertEquals(
                1,
                run(ROOMS + "gamma: 0\npolicies: [[[1]], [[0]]]\nsampling_mode: full", 0)
                        .column("action", 0)[0]);
    }

    @Test
    void stochasticChoiceFollowsTheSoftmaxOfAlphaLogP() {
        // Three policies, p = (0.5, 0.3, 0.2), alpha 2: weights 0.25, 0.09, 0.04, which sum to 0.38.
        for (String mode : new String[] {"marginal", "full"}) {
            DiscreteModel model = (DiscreteModel) ModelFile.parse(STOCHASTIC + "sampling_mode: " + mode, "model", true);
            int lanes = 100;
            int steps = 200;
            InferenceKernel kernel = InferenceKernel.compile(model);
            ObservationBlock seen = new ObservationBlock(lanes, steps, 1, 1);
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < lanes; i++) {
                    seen.setTime(t, i, t);
                    seen.setAction(t, 0, i, 1);
                }
            }
            ResultBlock results = Runs.run(kernel, seen);
            double[] counts = new double[3];
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < lanes; i++) {
                    counts[(int) Runs.column(kernel, results, "action", t, i)[0]]++;
                    double log = Runs.column(kernel, results, "action_log_probability", t, i)[0];
                    assertEquals(Math.log(0.09 / 0.38), log, TOLERANCE);
                }
            }
            double chiSquared = 0;
            double[] expected = {0.25 / 0.38, 0.09 / 0.38, 0.04 / 0.38};
            for (int u = 0; u < 3; u++) {
                double mean = lanes * steps * expected[u];
                chiSquared += (counts[u] - mean) * (counts[u] - mean) / mean;
            }
            double limit = new ChiSquaredDistribution(2).inverseCumulativeProbability(0.999);
            assertTrue(chiSquared < limit, mode + ": chi-squared is " + chiSquared + ", expected below " + limit);
        }
    }
}
