package io.murmuration.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.ModelWarning.Absorbing;
import io.murmuration.model.ModelWarning.KeyWithoutEffect;
import io.murmuration.model.ModelWarning.NeverControlled;
import io.murmuration.model.ModelWarning.NeverSeen;
import io.murmuration.model.ModelWarning.SameOutcomes;
import io.murmuration.model.ModelWarning.SingularCovariance;
import io.murmuration.model.ModelWarning.Uncontrollable;
import io.murmuration.model.ModelWarning.Unobservable;
import io.murmuration.model.ModelWarning.Unreachable;
import io.murmuration.model.ModelWarning.UnsatisfiablePreference;
import io.murmuration.model.ModelWarning.Unstable;
import io.murmuration.model.ModelWarning.UselessActions;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelWarningsTest {
    /** A hall from which one goes into a room and back; each looks its own way. */
    private static final String ROOMS =
            """
            kind: discrete
            A: [[[0.9, 0.2], [0.1, 0.8]]]
            B: [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]]
            D: [[0.5, 0.5]]
            """;

    /** Two factors, of which only the first acts and only the second depends on nothing else. */
    private static final String TWO_FACTORS =
            """
            kind: discrete
            A: [[[0.9, 0.2], [0.1, 0.8]], [[0.7, 0.4], [0.3, 0.6]]]
            A_dependencies: [[0], [1]]
            B: [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]], [[[1], [0]], [[0], [1]]]]
            D: [[0.5, 0.5], [0.5, 0.5]]
            """;

    private static final String PUSHED =
            """
            kind: linear-gaussian
            Q: [[1, 0], [0, 1]]
            R: [[1]]
            initial_mean: [0, 0]
            initial_covariance: [[1, 0], [0, 1]]
            """;

    private static List<ModelWarning> warnings(String yaml) {
        return ModelWarnings.of(ModelFile.parseWithKeys(yaml, "model", true));
    }

    private static List<Class<?>> kinds(String yaml) {
        return warnings(yaml).stream().<Class<?>>map(Object::getClass).toList();
    }

    private static List<String> keys(String yaml) {
        return warnings(yaml).stream()
                .filter(KeyWithoutEffect.class::isInstance)
                .map(w -> ((KeyWithoutEffect) w).key())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ROOMS,
                TWO_FACTORS,
                PUSHED + "F: [[1, 0.1], [0, 0.9]]\nH: [[1, 0]]",
                "kind: linear-gaussian\nstate_dim: 2\nobs_dim: 2\naction_dim: 2"
            })
    void modelsInOrderGiveNoWarning(String model) {
        assertEquals(List.of(), warnings(model));
    }

    @Test
    void statesWithEqualColumnsInEveryModalityAreOneGroup() {
        String model =
                """
                kind: discrete
                factors: [{name: room, states: [hall, kitchen, cellar], actions: [stay, go]}]
                A: [[[0.9, 0.2, 0.9], [0.1, 0.8, 0.1]]]
                B: [[[[1, 0], [0, 0], [0, 1]], [[0, 1], [1, 0], [0, 0]], [[0, 0], [0, 1], [1, 0]]]]
                D: [[1, 0, 0]]
                """;
        List<ModelWarning> found = warnings(model);
        assertEquals(1, found.size());
        assertEquals(List.of(0, 2), ((SameOutcomes) found.get(0)).states().states());
        assertEquals(
                "No outcome tells states hall and cellar of factor 0 (room) apart: they look the same in every modality",
                found.get(0).sentence());
    }

    @Test
    void aStateThatDiffersOnlyWithAnotherFactorsStateIsToldApart() {
        String coupled = TWO_FACTORS
                .replace("A_dependencies: [[0], [1]]", "A_dependencies: [[0], [0, 1]]")
                .replace("[[0.7, 0.4], [0.3, 0.6]]", "[[[0.7, 0.7], [0.4, 0.3]], [[0.3, 0.3], [0.6, 0.7]]]");
        assertEquals(List.of(), warnings(coupled));
        assertEquals(
                List.of(SameOutcomes.class),
                kinds(coupled.replace("[0.4, 0.3]", "[0.4, 0.4]").replace("[0.6, 0.7]", "[0.6, 0.6]")));
    }

    @Test
    void statesThatNoTransitionLeadsIntoAreUnreachable() {
        String model = ROOMS.replace("[[1, 0], [0, 1]], [[0, 1], [1, 0]]", "[[1, 1], [1, 1]], [[0, 0], [0, 0]]");
        assertEquals(List.of(Absorbing.class), kinds(model));
        List<ModelWarning> found = warnings(model.replace("[0.5, 0.5]", "[1, 0]"));
        assertEquals(List.of(1), ((Unreachable) found.get(0)).states().states());
        assertTrue(found.get(0).sentence().startsWith("State 1 of factor 0 cannot be reached: "));
    }

    @Test
    void reachabilityFollowsOnlyWhatOtherFactorsAllow() {
        // Factor 0 moves to its state 1 only while factor 1 is in state 1, where it never is.
        String model =
                """
                kind: discrete
                A: [[[0.9, 0.2], [0.1, 0.8]], [[0.7, 0.4], [0.3, 0.6]]]
                A_dependencies: [[0], [1]]
                B_dependencies: [[0, 1], [1]]
                B: [[[[[1], [0]], [[0], [0]]], [[[0], [1]], [[1], [1]]]], [[[1], [0]], [[0], [1]]]]
                D: [[1, 0], [%s]]
                """;
        assertEquals(List.of(Unreachable.class, Unreachable.class), kinds(String.format(model, "1, 0")));
        assertEquals(List.of(Absorbing.class), kinds(String.format(model, "0.5, 0.5")));
    }

    @Test
    void aStateThatEveryActionStaysInCannotBeLeft() {
        String model = ROOMS.replace("[[1, 0], [0, 1]], [[0, 1], [1, 0]]", "[[1, 0], [0, 0]], [[0, 1], [1, 1]]");
        List<ModelWarning> found = warnings(model);
        assertEquals(List.of(1), ((Absorbing) found.get(0)).states().states());
        assertEquals(
                "State 1 of factor 0 cannot be left: whatever the agent does, it stays there",
                found.get(0).sentence());
    }

    @Test
    void aFactorThatNoneOfItsActionsChangesIsNamedOnce() {
        String model = ROOMS.replace("[[1, 0], [0, 1]], [[0, 1], [1, 0]]", "[[1, 1], [0, 0]], [[0, 0], [1, 1]]");
        assertEquals(List.of(UselessActions.class), kinds(model));
    }

    @Test
    void aPreferenceAboveAllThatStatesYieldCannotBeSatisfied() {
        String model = ROOMS.replace("[0.1, 0.8]]", "[0.1, 0.8], [0, 0]]");
        assertEquals(List.of(UnsatisfiablePreference.class), kinds(model + "C: [[0, 1, 2]]"));
        assertEquals(List.of(), kinds(model + "C: [[0, 1, 1]]"));
        assertEquals(List.of(), kinds(model + "C: [[0, 1, -2]]"));
    }

    @DisplayName("A key that changes nothing is named")
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            alpha: 4 | alpha
            {alpha: 4, action_selection: stochastic} | ``
            sampling_mode: full | sampling_mode
            {sampling_mode: full, policy_length: 2} | ``
            {sampling_mode: full, policies: [[[1]], [[0]]]} | ``
            {inference: {algorithm: exact, iterations: 3}} | inference.algorithm inference.iterations
            {policies: [[[1]]], C: [[0, 1]], E: [1], gamma: 2} | gamma E C
            {policies: [[[1], [0]]], policy_length: 2} | policy_length
            {C: [[0, 1]], use_utility: false} | C
            C: [[2, 2]] | C
            {C: [[0, 1]], gamma: 0} | C
            use_param_info_gain: true | use_param_info_gain
            pA: [[[9, 2], [1, 8]]] | pA
            {pA: [[[9, 2], [1, 8]]], use_param_info_gain: true} | ``
            {pA: [[[9, 2], [1, 8]]], learning: {parameters: [A], rates: {A: 1, B: 1}}} | learning.rates.B
            pD: [[3, 3]] | pD
            {pD: [[3, 3]], learning: {parameters: [D]}} | ``
            inductive: {H: [[0, 0]], depth: 2, threshold: 0, epsilon: 0.1} | inductive
            inductive: {H: [[0, 1]], depth: 2, threshold: 0, epsilon: 1} | inductive
            inductive: {H: [[0, 1]], depth: 2, threshold: 0, epsilon: 0.1} | ``
            """)
    void keysWithoutEffect(String change, String expected) {
        String addition = change.startsWith("{") ? change.substring(1, change.length() - 1) : change;
        String flow = "{" + ROOMS.strip().replace("\n", ", ") + ", " + addition + "}";
        assertEquals(expected, String.join(" ", keys(flow)));
    }

    @Test
    void countsThatTheTensorIsTakenFromHaveAnEffect() {
        String model = ROOMS.replace("A: [[[0.9, 0.2], [0.1, 0.8]]]", "pA: [[[9, 2], [1, 8]]]");
        assertEquals(List.of(), keys(model));
    }

    @Test
    void iterationsHaveNoEffectUnlessAModalityDependsOnSeveralFactors() {
        assertEquals(List.of("inference.iterations"), keys(TWO_FACTORS + "inference: {iterations: 3}"));
        assertEquals(
                List.of("inference.iterations"), keys(TWO_FACTORS + "inference: {algorithm: exact, iterations: 3}"));
        assertEquals(List.of(), keys(TWO_FACTORS + "inference: {algorithm: exact}"));
    }

    @Test
    void gaussianStatesAreNeverSeenOrControlledWhereNothingLeadsToThem() {
        List<ModelWarning> found = warnings(
                PUSHED
                        + """
                F: [[1.1, 0], [0, 0.9]]
                H: [[1, 0]]
                G: [[0], [1]]
                preference_mean: [0]
                preference_precision: [[1]]
                control_precision: [[1]]
                horizon: 2
                """);
        assertEquals(1.1, ((Unstable) found.get(0)).spectralRadius(), 1e-9);
        assertEquals(new NeverSeen(List.of(1)), found.get(1));
        assertEquals(new NeverControlled(List.of(0)), found.get(2));
        assertEquals(3, found.size());
    }

    @Test
    void gaussianDirectionsMayBeHiddenInMixtures() {
        // Two equal states of which only the sum is seen and moved.
        assertEquals(
                List.of(new Unobservable(1, 2), new Uncontrollable(1, 2)),
                warnings(
                        PUSHED
                                + """
                        F: [[0.9, 0], [0, 0.9]]
                        H: [[1, 1]]
                        G: [[1], [1]]
                        preference_mean: [0]
                        preference_precision: [[1]]
                        control_precision: [[1]]
                        horizon: 2
                        """));
    }

    @Test
    void singularCovariancesAndKeysThatNothingIsPreferredByAreNamed() {
        List<ModelWarning> found = warnings(
                PUSHED.replace("Q: [[1, 0], [0, 1]]", "Q: [[1, 1], [1, 1]]").replace("R: [[1]]", "R: [[0]]")
                        + """
                F: [[0, 0], [0.5, 0]]
                H: [[0, 1]]
                G: [[1], [0]]
                preference_mean: [0]
                preference_precision: [[0]]
                control_precision: [[1]]
                horizon: 2
                """);
        assertEquals(new SingularCovariance("Q", 1, 2), found.get(0));
        assertEquals(new SingularCovariance("R", 0, 1), found.get(1));
        assertEquals(
                List.of("preference_mean", "control_precision", "horizon"),
                found.stream().skip(2).map(w -> ((KeyWithoutEffect) w).key()).toList());
    }

    @Test
    @DisplayName("A model of many states and outcomes is looked through in the memory of a few such models")
    void large() {
        int size = 1000;
        StringBuilder a = new StringBuilder("[");
        StringBuilder b = new StringBuilder("[");
        for (int row = 0; row < size; row++) {
            a.append(row == 0 ? "[" : ",[");
            b.append(row == 0 ? "[" : ",[");
            for (int state = 0; state < size; state++) {
                // States 0 and 1 both show outcome 0, every other one its own.
                a.append(state == 0 ? "" : ",").append(row == (state == 1 ? 0 : state) ? 1 : 0);
                b.append(state == 0 ? "" : ",").append(row == state ? "[1]" : "[0]");
            }
            a.append(']');
            b.append(']');
        }
        String json = "{\"kind\": \"discrete\", \"A\": [" + a + "]], \"B\": [" + b + "]], \"D\": [[1"
                + ",0".repeat(size - 1) + "]]}";
        assertEquals(
                List.of(List.of(0, 1)),
                ModelWarnings.of(ModelFile.parseWithKeys(json, "large", false)).stream()
                        .filter(SameOutcomes.class::isInstance)
                        .map(warning -> ((SameOutcomes) warning).states().states())
                        .toList());
    }
}
