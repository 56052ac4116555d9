package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The infer job reproduces every reference case from files")
class ReferenceCasesTest {
    private static final Path REFERENCE = Path.of("..", "shared", "reference");
    private static final double TOLERANCE = 1e-9;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "discrete/one-factor",
                "discrete/habits-and-depth",
                "discrete/factors-and-modalities",
                "discrete/coupled-transitions",
                "discrete/novelty",
                "discrete/learning",
                "discrete/utility-only",
                "discrete/inductive",
                "gaussian/gaussian-small",
                "gaussian/gaussian-four-eight-two",
                "gaussian/gaussian-missing"
            })
    void reproduces(String name) throws IOException {
        Path file = REFERENCE.resolve(name + ".json");
        assumeTrue(Files.exists(file), "the reference case " + file + " is not there");
        JsonNode reference = JobHarness.JSON.readTree(file.toFile());
        ObjectNode model = reference.get("model").deepCopy();
        if (reference.has("learning")) {
            JsonNode rates = reference.get("learning");
            model.set(
                    "learning",
                    JobHarness.JSON.readTree("{\"parameters\": [\"A\", \"B\"], \"rates\": {\"A\": " + rates.get("lr_pA")
                            + ", \"B\": " + rates.get("lr_pB")
                            + "}, \"update\": \"sequence\", \"scope\": \"agent\"}"));
        }
        JobHarness.JSON.writeValue(folder.resolve("model.json").toFile(), model);
        writeObservations(reference);

        Path output = folder.resolve("output");
        JobHarness.Ended ended = JobHarness.run(
                new InferJob(),
                "--model",
                folder.resolve("model.json"),
                "--input",
                folder.resolve("observations.json"),
                "--output",
                output,
                "--format",
                "json");

        assertEquals(0, ended.status(), ended.err());
        assertSteps(reference, JobHarness.rows(output.resolve("results")));
        if (reference.has("learning")) {
            assertLearned(reference.get("learning"), JobHarness.rows(output.resolve("learned")));
        }
    }

    private void writeObservations(JsonNode reference) throws IOException {
        List<String> lines = new ArrayList<>();
        for (JsonNode agent : reference.get("agents")) {
            int t = 0;
            for (JsonNode step : agent.get("steps")) {
                ObjectNode row = JobHarness.JSON.createObjectNode();
                row.set("agent_id", agent.get("agent"));
                row.put("t", t++);
                row.set("observation", step.get("observation"));
                lines.add(row.toString());
            }
        }
        Files.write(folder.resolve("observations.json"), lines);
    }

    private static void assertSteps(JsonNode reference, List<JsonNode> rows) {
        int index = 0;
        for (JsonNode agent : reference.get("agents")) {
            int t = 0;
            for (JsonNode step : agent.get("steps")) {
                JsonNode row = rows.get(index++);
                assertEquals(agent.get("agent").asText(), row.get("agent_id").asText());
                assertEquals(t++, row.get("t").asInt());
                for (String column : List.of(
                        "belief", "mean", "covariance", "free_energy", "neg_efe", "policy_posterior", "action")) {
                    if (step.has(column)) {
                        assertClose(column, step.get(column), row.get(column));
                    }
                }
            }
        }
        assertEquals(index, rows.size());
    }

    private static void assertLearned(JsonNode learning, List<JsonNode> rows) {
        JsonNode agents = learning.get("agents");
        assertEquals(agents.size(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            for (String counts : List.of("pA", "pB")) {
                List<Double> expected = numbers(agents.get(i).get(counts));
                List<Double> actual = numbers(rows.get(i).get(counts));
                assertEquals(expected.size(), actual.size(), counts);
                for (int k = 0; k < expected.size(); k++) {
                    assertEquals(expected.get(k), actual.get(k), TOLERANCE, counts);
                }
            }
        }
    }

    private static void assertClose(String column, JsonNode expected, JsonNode actual) {
        List<Double> wanted = numbers(expected);
        List<Double> got = numbers(actual);
        assertEquals(wanted.size(), got.size(), column);
        for (int i = 0; i < wanted.size(); i++) {
            assertEquals(wanted.get(i), got.get(i), TOLERANCE, column + " " + i);
        }
    }

    private static List<Double> numbers(JsonNode node) {
        if (node.isNumber()) {
            return List.of(node.doubleValue());
        }
        List<Double> all = new ArrayList<>();
        Stream.of(node).forEach(n -> n.forEach(child -> all.addAll(numbers(child))));
        return all;
    }
}
