package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.ModelFile;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Counts of bytes and operations against counting by hand. */
class KernelCostTest {
    private static final String ROOMS =
            """
            kind: discrete
            A: [[[0.9, 0.2], [0.1, 0.8]]]
            B: [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]]
            D: [[0.5, 0.5]]
            """;

    private static KernelCost cost(String yaml) {
        return KernelCost.of(ModelFile.parse(yaml, "model", true));
    }

    private static Map<String, Operations> stages(String yaml) {
        return cost(yaml).stages().stream()
                .collect(Collectors.toMap(KernelCost.Stage::name, KernelCost.Stage::operations));
    }

    @Test
    void oneFactorIsCountedByHand() {
        Map<String, Operations> stages = stages(ROOMS);
        // Two states, times the likelihood, summed, divided; the free energy and the evidence so far; one logarithm.
        assertEquals(new Operations(2 + 1 + 2 + 1 + 1, 1, 0), stages.get("perception"));
        // Each action's matrix has two weights that are not 0.
        assertEquals(new Operations(4, 0, 0), stages.get("prediction"));
        // For each of two policies: 2 values of states, 4 weights of A, 2 entropies.
        assertEquals(new Operations(16, 4, 0), stages.get("planning"));
        // gamma times neg_efe, and a softmax.
        assertEquals(new Operations(8, 0, 2), stages.get("posterior"));
        assertEquals(new Operations(2, 0, 0), stages.get("choice"));
        assertEquals(new Operations(2, 2, 0), stages.get("entropy"));
    }

    @Test
    void commonBeginningsOfPoliciesAreCountedOnce() {
        // Four policies share two first steps of 8 each; each of four second steps takes 8 and 2 more to predict.
        assertEquals(
                new Operations(2 * 8 + 4 * 10, 12, 0),
                stages(ROOMS + "policy_length: 2").get("planning"));
    }

    @Test
    void termsThatAreSwitchedOffCostNothing() {
        assertEquals(
                Operations.NONE, stages(ROOMS + "use_states_info_gain: false").get("planning"));
    }

    @Test
    void bytesAreThoseOfResultsStatesAndTables() {
        KernelCost cost = cost(ROOMS);
        // Belief 2, free energy, neg_efe 2, posterior 2, action 1, its log probability, entropy, impossible.
        assertEquals(8 * 11, cost.resultBytes());
        // Version, steps, four lengths, two beliefs, an action.
        assertEquals(1 + 8 + 4 * 4 + 8 * 3, cost.stateBytes());
        // A: 4, floored and logarithms 6 each, values 2; B: 8; D: 2; log E: 2. Axes 2 + 2, order 2 + 2, policies 2.
        assertEquals(8 * 30 + 4 * 10, cost.tableBytes());
    }

    @Test
    void agentsThatLearnAtEachStepHaveTablesOfTheirOwn() {
        String learning = "pA: [[[9, 2], [1, 8]]]\nlearning: {parameters: [A], update: %s}";
        KernelCost atEnd = cost(ROOMS + String.format(learning, "sequence"));
        KernelCost eachStep = cost(ROOMS + String.format(learning, "step"));
        assertEquals(false, atEnd.tablesOfEachAgent());
        assertEquals(true, eachStep.tablesOfEachAgent());
        assertEquals(atEnd.stateBytes(), eachStep.stateBytes());
        assertTrue(eachStep.total().multiplyAdds() > atEnd.total().multiplyAdds());
    }

    @Test
    void iterationsAreCountedWhereAModalityCouplesFactors() {
        String coupled =
                """
                kind: discrete
                A: [[[[0.9, 0.2], [0.3, 0.4]], [[0.1, 0.8], [0.7, 0.6]]]]
                B: [[[[1], [0]], [[0], [1]]], [[[1], [0]], [[0], [1]]]]
                D: [[0.5, 0.5], [0.5, 0.5]]
                inference: {iterations: %d}
                """;
        Operations one = stages(String.format(coupled, 1)).get("perception");
        Operations three = stages(String.format(coupled, 3)).get("perception");
        // An iteration: 4 columns for each of two factors, a product and a sum each; a softmax over 4 states.
        assertEquals(2 * (16 + 12), three.multiplyAdds() - one.multiplyAdds());
        assertEquals(2 * 4, three.exponentials() - one.exponentials());
        assertEquals(one.logarithms(), three.logarithms());
    }

    @Test
    void aGaussianModelOfOneStateIsCountedByHand() {
        Map<String, Operations> stages =
                stages("{kind: linear-gaussian, F: [[1]], H: [[1]], Q: [[1]], R: [[1]], initial_mean: [0],"
                        + " initial_covariance: [[1]]}");
        // F mean, F P, F P F.
        assertEquals(new Operations(3, 0, 0), stages.get("prediction"));
        assertEquals(Operations.NONE, stages.get("control"));
        // H mean, H P, R and H P H, its magnitude, K e, K R, K H, (I - KH) P, times (I - KH), K R K; log S.
        assertEquals(new Operations(11, 1, 0), stages.get("perception"));
    }
}
