package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.murmuration.model.ModelFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A state that no agent can have come to is refused")
class ResumedStatesTest {
    private static final String DISCRETE =
            """
            kind: discrete
            A: [[[0.9, 0.2], [0.1, 0.8]]]
            B: [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]]
            D: [[0.5, 0.5]]
            """;
    private static final String LEARNING = DISCRETE + "pD: [[1, 1]]\nlearning: {parameters: [D], update: %s}\n";
    private static final String GAUSSIAN =
            """
            kind: linear-gaussian
            F: [[1]]
            H: [[1]]
            Q: [[1]]
            R: [[1]]
            initial_mean: [0]
            initial_covariance: [[1]]
            G: [[1]]
            preference_mean: [0]
            preference_precision: [[1]]
            control_precision: [[1]]
            horizon: 1
            """;

    static Stream<Arguments> states() {
        double[] half = {0.5, 0.5};
        double[] none = {};
        double[] bad = {1, Double.NaN};
        return Stream.of(
                Arguments.of(
                        DISCRETE,
                        new AgentState(1, half, new double[] {2}, none, none),
                        "The state's action of factor 0 is 2.0, expected an integer from 0 to 1"),
                Arguments.of(
                        DISCRETE,
                        new AgentState(1, half, new double[] {-1}, none, none),
                        "The state's action of factor 0 is -1.0, expected an integer from 0 to 1"),
                Arguments.of(
                        DISCRETE,
                        new AgentState(1, half, new double[] {Double.NaN}, none, none),
                        "The state's action of factor 0 is NaN, expected an integer from 0 to 1"),
                Arguments.of(
                        DISCRETE,
                        new AgentState(1, bad, new double[] {1}, none, none),
                        "Value 1 of the state's belief is NaN, expected a finite number"),
                Arguments.of(
                        LEARNING.formatted("sequence"),
                        new AgentState(1, half, new double[] {1}, bad, none),
                        "Value 1 of the state's increments is NaN, expected a finite number"),
                Arguments.of(
                        LEARNING.formatted("step"),
                        new AgentState(1, half, new double[] {1}, none, bad),
                        "Value 1 of the state's learned counts is NaN, expected a finite number"),
                Arguments.of(
                        GAUSSIAN,
                        new AgentState(1, bad, new double[] {1}, none, none),
                        "Value 1 of the state's belief is NaN, expected a finite number"),
                Arguments.of(
                        GAUSSIAN,
                        new AgentState(1, half, new double[] {Double.POSITIVE_INFINITY}, none, none),
                        "Value 0 of the state's action is Infinity, expected a finite number"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void inASentence(String model, AgentState state, String sentence) {
        AgentBlock block =
                InferenceKernel.compile(ModelFile.parse(model, "model", true)).block(1, 0);
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> block.resume(0, 1, state))
                        .getMessage());
    }
}
