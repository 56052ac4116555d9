package io.murmuration.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Every broken model gets one sentence that names the tensor, the place and the value")
class BrokenModelsTest {
    private static final String A = "'A': [[[0.9, 0.2], [0.1, 0.8]]]";
    private static final String B = "'B': [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]]";
    private static final String D = "'D': [[0.5, 0.5]]";

    /** The model above with one key replaced or added. */
    private static String discrete(String change) {
        StringBuilder text = new StringBuilder("{'kind': 'discrete'");
        for (String part : new String[] {A, B, D}) {
            String key = part.substring(0, part.indexOf(':'));
            text.append(change.startsWith(key + ":") ? "" : ", " + part);
        }
        return text.append(", ").append(change).append("}").toString().replace('\'', '"');
    }

    private static String gaussian(String change) {
        String[] parts = {
            "'F': [[1]]", "'H': [[1]]", "'Q': [[1]]", "'R': [[1]]", "'initial_mean': [0]", "'initial_covariance': [[1]]"
        };
        StringBuilder text = new StringBuilder("{'kind': 'linear-gaussian'");
        for (String part : parts) {
            String key = part.substring(0, part.indexOf(':'));
            text.append(change.startsWith(key + ":") ? "" : ", " + part);
        }
        return text.append(", ").append(change).append("}").toString().replace('\'', '"');
    }

    private static void assertSentence(String sentence, String model) {
        InvalidModelException e =
                assertThrows(InvalidModelException.class, () -> ModelFile.parse(model, "model", false));
        assertEquals(sentence, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            'A': [[[0.9, 0.2], [0.1, 0.77]]] | A[0]: column [1] sums to 0.97, 0.03 too little
            'A': [[[0.9, 0.3], [0.1, 0.8]]] | A[0]: column [1] sums to 1.1, 0.1 too much
            'A': [[[0.9, 1.1], [0.1, -0.1]]] | A[0][0][1] is 1.1, expected a probability from 0 to 1
            'A': [[[0.9, 0.2], [0.1]]] | A[0][1] is of length 1, expected an array of length 2 like its neighbours
            'A': [[[0.9, 0.2], [0.1, "x"]]] | A[0][1][1] is "x", expected a finite number
            'A': [[[0.9, 0.2], [0.1, null]]] | A[0][1][1] is null, expected a finite number
            'A': [] | A is [], expected an array that is not empty
            'A': 1 | A is 1, expected an array that is not empty
            'A': [[[0.9, 0.2, 0.5], [0.1, 0.8, 0.5]]] | A[0] has shape [2, 3], expected [2, 2]
            'A_dependencies': [[3]] | A_dependencies[0] names factor 3, but there is 1 factor (0)
            'A_dependencies': [[0], [0]] | A_dependencies has 2 entries, expected 1, one a tensor
            'A_dependencies': [[0, 0]] | A_dependencies[0] is [0, 0], which names a factor twice
            'B': [[[[1, 0], [0, 1]], [[0, 1], [0, 0]]]] | B[0]: column [1][0] sums to 0, 1 too little
            'D': [[0.5, 0.6]] | D[0]: column of all states sums to 1.1, 0.1 too much
            'D': [[0.5, 0.25, 0.25]] | D[0] has shape [3], expected [2]
            'D': [[0.5, 0.5], [1]] | D has 2 entries, expected one for each of the 1 factors that B has
            'C': [[1, 2, 3]] | C[0] has 3 outcomes, expected 2 like A[0]
            'C': [[1, 2], [3, 4]] | C has 2 entries, expected one for each of the 1 modalities
            'C': [[[1, 2], [3, 4]]] | C[0] has 2 planning steps, expected policy_length, which is 1
            'E': [0.5, 0.6] | E: column of all states sums to 1.1, 0.1 too much
            'E': [1] | E has 1 entries, expected one for each of the 2 policies
            'polcy_length': 2 | Unknown key "polcy_length" in the model; did you mean "policy_length"?
            'policy_length': 0 | policy_length is 0, expected at least 1
            'policy_length': 60 | policy_length is 60, which makes 1.153e+18 policies of [2] actions a step: they will not fit in memory, at most 16777216 numbers do
            'policies': [[[2]]] | policies[0][0][0] is 2.0, but factor 0 has 2 actions (0 to 1)
            'gamma': -1 | gamma is -1.0, expected a number that is at least 0
            'gamma': "high" | gamma is "high", expected a finite number
            'inference': {'algorithm': 'magic'} | inference.algorithm is "magic", expected "fpi" or "exact"
            'inference': {'iterations': 0} | inference.iterations is 0, expected at least 1
            'inference': {'iteration': 3} | Unknown key "iteration" in inference; did you mean "iterations"?
            'use_utility': 1 | use_utility is 1, expected true or false
            'learning': {'parameters': ['A']} | learning.parameters names "A", but there are no counts pA
            'learning': {'parameters': ['C']} | learning.parameters names "C", expected "A", "B" or "D"
            'pD': [[1, 3]] | D[0][0] is 0.5, but pD normalised gives 0.25: make them equal, or leave D out
            'action_selection': 'random' | action_selection is "random", expected one of [deterministic, stochastic]
            'inductive': {'H': [[0, 1]]} | inductive.depth is missing
            'modalities': [{'name': 'm', 'outcomes': ['x']}] | modalities[0].outcomes has 1 entries, but the model has 2 labels
            'modalities': [{'name': 'm', 'outcomes': ['x', 'x']}] | modalities[0].outcomes has the label "x" twice
            """)
    void discreteModels(String change, String sentence) {
        assertSentence(sentence, discrete(change));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            'F': [[1, 0]] | F has shape [1, 2], expected a square matrix
            'H': [[1, 0]] | H has shape [1, 2], expected [1, 1]
            'Q': [[-1]] | Q has the eigenvalue -1.0, expected none below 0
            'R': [[1, 0], [0, 1]] | R has shape [2, 2], expected [1, 1]
            'initial_mean': [0, 0] | initial_mean has shape [2], expected [1]
            'G': [[1]] | preference_mean, preference_precision, control_precision, horizon is missing, which an agent that acts needs
            'state_dim': 2 | Unknown key "F" in the model; did you mean "kind"?
            """)
    void gaussianModels(String change, String sentence) {
        assertSentence(sentence, gaussian(change));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            [1, 2] | The model is [1,2], expected an object with keys
            {"kind": "linear"} | kind is "linear", expected "discrete" or "linear-gaussian"
            {} | kind is missing, expected "discrete" or "linear-gaussian"
            {"kind": "discrete"} | B is missing, and there is no pB to take it from
            """)
    void noModels(String text, String sentence) {
        assertSentence(sentence, text);
    }
}
