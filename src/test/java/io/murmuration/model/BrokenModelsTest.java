package io.murmuration.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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
            'A': [[[[0.9]], [0.2]], [[0.1], [0.8]]] | A[0][1][0] is 0.2, expected an array of length 1 like its neighbours
            'A': [[[0.9, 0.2], 0.1]] | A[0][1] is 0.1, expected an array of length 2 like its neighbours
            'A': [[0.9, 0.1]] | A[0] has shape [2], expected [2, 2]
            'A': [[]] | A[0] has an empty array, expected numbers
            'A': [0.5] | A[0] is 0.5, expected an array of numbers
            'A': {'0': 1} | A is {"0":1}, expected an array that is not empty
            'A': [[[0.9, 1e60], [0.1, 0.8]]] | A[0][0][1] is 1.0E60, expected a number between -1.0E50 and 1.0E50
            'A': [[[0.9, 1e400], [0.1, 0.8]]] | A[0][0][1] is "Infinity", expected a finite number
            'A_dependencies': [0] | A_dependencies[0] is 0, expected an array that is not empty
            'A_dependencies': [['0']] | A_dependencies[0] is "0", expected a whole number
            'B': [[1, 0]] | B[0] has shape [2], expected [2, 2, 2]
            'E': [] | E has an empty array, expected numbers
            'name': 0.5 | name is 0.5, expected a text (in YAML, put it in quotes)
            'factors': 5 | factors is 5, expected an array of objects with names
            'factors': {'name': 'x'} | factors is {"name":"x"}, expected an array of objects with names
            'factors': [5] | factors[0] is 5, expected an object with keys
            'factors': [{'name': ['x']}] | factors[0].name is ["x"], expected a text
            'factors': [{'states': 'ab'}] | factors[0].states is "ab", expected an array of texts
            'factors': [{'states': ['a', false]}] | factors[0].states[1] is false, expected a text (in YAML, put it in quotes)
            'factors': [{'actions': ['a', null]}] | factors[0].actions[1] is null, expected a text
            'factors': [{'name': 'a'}, {'name': 'b'}] | factors has 2 entries, but the model has 1 factors
            'modalities': 'm' | modalities is "m", expected an array of objects with names
            'modalities': [['m']] | modalities[0] is ["m"], expected an object with keys
            'modalities': [{'outcomes': 3}] | modalities[0].outcomes is 3, expected an array of texts
            'policies': [] | policies has an empty array, expected numbers
            'policies': [[[0]], []] | policies[1] is of length 0, expected an array of length 1 like its neighbours
            'policies': [[[0]], [[0], [1]]] | policies[1] is of length 2, expected an array of length 1 like its neighbours
            'policies': [[0]] | policies has shape [1, 1], expected [policy][step][factor] with 1 factors
            'policies': [[[0.5]]] | policies[0][0][0] is 0.5, but factor 0 has 2 actions (0 to 1)
            'policy_length': 19 | The model has 524288 policies and 2 states, which make 1048578 numbers in a row of results, expected at most 1048576
            'inference': 'exact' | inference is "exact", expected an object with keys
            'inference': {'algorithm': null} | inference.algorithm is null, expected a text
            'inference': {'iterations': 1000000} | inference.iterations is 1000000, expected at most 10000
            'learning': {'parameters': [true]} | learning.parameters names true, expected "A", "B" or "D"
            'inductive': {'H': [[0, 2]], 'depth': 2, 'threshold': 0, 'epsilon': 0.1} | inductive.H[0][1] is 2.0, expected 1 where a state is a goal and 0 where it is none
            'sampling_mode': true | sampling_mode is true, expected one of [marginal, full]
            'gamma': 1, 'gamma': 2 | This is not JSON at line 1: Duplicate field 'gamma'
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
            'R': [[1e60]] | R[0][0] is 1.0E60, expected a number between -1.0E50 and 1.0E50
            'H': [1] | H has shape [1], expected [observed value][state]
            'G': [1], 'preference_mean': [0], 'preference_precision': [[1]], 'control_precision': [[1]], 'horizon': 3 | G has shape [1], expected [state][control]
            'G': [[1]], 'preference_mean': [0], 'preference_precision': [[1]], 'control_precision': [[1]], 'horizon': 1000000 | horizon is 1000000, expected from 1 to 10000
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
            {"kind": 5} | kind is 5, expected "discrete" or "linear-gaussian"
            null | The model is null, expected an object with keys
            `` | The model is empty, expected an object with keys
            {"kind": "discrete" | This is not JSON at line 1: Unexpected end-of-input: expected close marker for Object
            {"kind": "linear-gaussian", "state_dim": 2000, "obs_dim": 1, "action_dim": 1} | state_dim is 2000, expected from 1 to 1000
            """)
    void noModels(String text, String sentence) {
        assertSentence(sentence, text);
    }

    @DisplayName("YAML")
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            gamma: .nan | This is not YAML at line 5: Malformed numeric value '.nan'
            gamma: -.inf | This is not YAML at line 5: Malformed numeric value '-.inf'
            gamma: NaN | gamma is "NaN", expected a finite number
            gamma: | gamma is null, expected a finite number
            A: 3 | This is not YAML at line 5: Duplicate field 'A'
            gamma: @3 | This is not YAML at line 5: while scanning for the next token, found character '@' that cannot start any token. (Do not use @ for indentation)
            factors: [{states: [off, on]}] | factors[0].states[0] is false, expected a text (in YAML, put it in quotes)
            --- | This is not YAML at line 6: Trailing token (of type VALUE_NULL) found after value
            ? [a, b] | This is not YAML at line 5: Expected a field name (Scalar value in YAML)
            """)
    void yaml(String line, String sentence) {
        String model =
                """
                kind: discrete
                A: [[[0.9, 0.2], [0.1, 0.8]]]
                B: [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]]
                D: [[0.5, 0.5]]
                """;
        InvalidModelException e =
                assertThrows(InvalidModelException.class, () -> ModelFile.parse(model + line + "\n", "model", true));
        assertEquals(sentence, e.getMessage());
    }

    @Test
    void anExactFilterOverTooManyCombinationsIsRefused() {
        String factors = String.join(", ", Collections.nCopies(40, "[[[1], [0]], [[0], [1]]]"));
        String priors = String.join(", ", Collections.nCopies(40, "[0.5, 0.5]"));
        assertSentence(
                "inference.algorithm is \"exact\", but the factors have 1.100e+12 combinations of states, expected at most"
                        + " 65536 (\"fpi\" takes each factor for itself)",
                "{\"kind\": \"discrete\", \"A\": [[[0.5, 0.5], [0.5, 0.5]]], \"A_dependencies\": [[0]], \"B\": ["
                        + factors + "], \"D\": [" + priors + "], \"inference\": {\"algorithm\": \"exact\"}}");
    }

    @Test
    void firstEntriesThatPromiseTooMuchAllocateNothing() {
        String promise = "1";
        for (int axis = 0; axis < 6; axis++) {
            promise = "[" + promise + ", 1".repeat(2000) + "]";
        }
        assertSentence(
                "C[0][0][0][0][0][1] is 1, expected an array of length 2001 like its neighbours",
                discrete("'C': [" + promise + "]"));
    }

    @Test
    void arraysWithinArraysEndSomewhere() {
        assertSentence(
                "C[0] is nested more than 100 arrays deep",
                discrete("'C': " + "[".repeat(900) + "1" + "]".repeat(900)));
        assertSentence(
                "This is not JSON: Document nesting depth (1001) exceeds the maximum allowed (1000)",
                discrete("'C': " + "[".repeat(5000) + "1" + "]".repeat(5000)));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheModel() {
        assertEquals(
                "model",
                ModelFile.parse("\uFEFF" + discrete("'gamma': 1"), "model", false)
                        .name());
    }
}
