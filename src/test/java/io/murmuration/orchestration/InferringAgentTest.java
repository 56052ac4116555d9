package io.murmuration.orchestration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.model.ModelFile;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An agent that infers goes on from what it believes of the subject")
class InferringAgentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL =
            """
            {"kind": "discrete", "name": "device", "A": [[[0.9, 0.2], [0.1, 0.8]]],
             "B": [[[[1.0], [0.0]], [[0.0], [1.0]]]], "D": [[0.5, 0.5]]}
            """;

    private final InferringAgent agent = new InferringAgent(ModelFile.parse(MODEL, "device", false), 2, 0);

    private JsonNode act(String payload) throws Exception {
        return agent.act(new AssignedTask(
                new Attempt(1, 1), "a", TaskRequest.of("observe", JSON.readTree(payload)), Instant.EPOCH));
    }

    private double belief(String payload) throws Exception {
        return act(payload).at("/belief/0/0").asDouble();
    }

    @Test
    void byBayesRuleAndForEachSubjectByItself() throws Exception {
        assertEquals(0.9 / 1.1, belief("{\"subject\": \"x\", \"observation\": [0]}"), 1e-15);
        assertEquals(0.1 / 0.9, belief("{\"subject\": \"y\", \"observation\": [1]}"), 1e-15);
        assertEquals(0.81 / 0.85, belief("{\"subject\": \"x\", \"observation\": [0]}"), 1e-15);
        assertEquals(0.81 / 0.85, belief("{\"subject\": \"x\", \"observation\": [null]}"), 1e-15);
        assertEquals("[0]", act("{\"observation\": [0]}").get("action").toString());
    }

    @Test
    void ofSubjectsThatAreTooManyTheOneNotSeenForLongestIsForgotten() throws Exception {
        belief("{\"subject\": \"x\", \"observation\": [0]}");
        belief("{\"subject\": \"y\", \"observation\": [0]}");
        belief("{\"subject\": \"z\", \"observation\": [0]}");
        assertEquals(0.9 / 1.1, belief("{\"subject\": \"x\", \"observation\": [0]}"), 1e-15);
        assertEquals(0.81 / 0.85, belief("{\"subject\": \"z\", \"observation\": [0]}"), 1e-15);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | the payload's observation is , expected an array of 1 elements",
                "{\"observation\": [0, 1]} | the payload's observation is [0,1], expected an array of 1 elements",
                "{\"observation\": [2]} | element 0 of the payload's observation is 2, expected a whole number from 0 to 1",
                "{\"observation\": [0.5]} | element 0 of the payload's observation is 0.5, expected a whole number from 0 to 1"
            })
    void whatIsNoObservationIsSaidInASentence(String payload, String sentence) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> act(payload)).getMessage());
    }
}
