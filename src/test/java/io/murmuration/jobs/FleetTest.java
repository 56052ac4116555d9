package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("One job serves a fleet of several models")
class FleetTest {
    private static final String WATCHES = "{\"kind\":\"linear-gaussian\",\"F\":[[0.9]],\"H\":[[1]],\"Q\":[[1]],"
            + "\"R\":[[1]],\"initial_mean\":[0],\"initial_covariance\":[[1]]}";
    private static final String ACTS = "{\"kind\":\"linear-gaussian\",\"state_dim\":2,\"obs_dim\":2,\"action_dim\":1}";

    @TempDir
    Path folder;

    @BeforeEach
    void writeModels() throws IOException {
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models/watches.json"), WATCHES);
        Files.writeString(folder.resolve("models/acts.json"), ACTS);
        Files.writeString(folder.resolve("models/readme.txt"), "no model");
    }

    private JobHarness.Ended infer(String name, Path models, List<String> lines, Object... options) throws IOException {
        Path input = folder.resolve(name + ".csv");
        Files.write(input, lines);
        return JobHarness.run(
                new InferJob(),
                Stream.concat(
                                Stream.of("--model", models, "--input", input, "--format", "json"),
                                Stream.concat(Stream.of("--output", folder.resolve(name)), Stream.of(options)))
                        .toArray());
    }

    @Test
    void eachAgentGetsWhatItsModelAloneWouldGiveIt() throws IOException {
        List<String> rows = List.of(
                "model,agent_id,t,o0,o1",
                "watches,x,0,1,",
                "acts,x,0,1,2",
                "watches,x,1,3,",
                "acts,y,0,,1",
                "acts,x,1,0.5,0.25");
        assertEquals(0, infer("fleet", folder.resolve("models"), rows).status());
        List<JsonNode> results = JobHarness.rows(folder.resolve("fleet/results"));
        assertEquals(5, results.size());
        assertEquals("acts", results.get(0).get("model").asText());
        assertTrue(results.get(0).get("action").isArray());
        assertTrue(results.get(3).get("action").isNull(), "who only watches has no action");

        assertEquals(
                0,
                infer(
                                "acts",
                                folder.resolve("models/acts.json"),
                                List.of("agent_id,t,o0,o1", "x,0,1,2", "y,0,,1", "x,1,0.5,0.25"))
                        .status());
        assertEquals(
                0,
                infer("watches", folder.resolve("models/watches.json"), List.of("agent_id,t,o0", "x,0,1", "x,1,3"))
                        .status());
        List<JsonNode> alone = new ArrayList<>(JobHarness.rows(folder.resolve("acts/results")));
        alone.addAll(JobHarness.rows(folder.resolve("watches/results")));
        for (int i = 0; i < 5; i++) {
            for (String column : List.of("agent_id", "t", "mean", "covariance", "free_energy")) {
                assertEquals(alone.get(i).get(column), results.get(i).get(column), column);
            }
        }
    }

    @Test
    void aRowOfNoModelOrOfAnUnknownOneOrWithTooManyElementsIsRejected() throws IOException {
        List<String> rows =
                List.of("model,agent_id,t,o0,o1", "watches,x,0,1,", ",x,1,1,", "dreams,x,2,1,", "watches,x,3,1,2");
        assertEquals(
                0,
                infer("fleet", folder.resolve("models"), rows, "--max-rejected", 3)
                        .status());
        List<JsonNode> rejected = JobHarness.rows(folder.resolve("fleet/rejected"));
        assertEquals(
                List.of(
                        "The fleet has no model \"dreams\"",
                        "The observation has 2 elements, expected 1",
                        "The row names no model"),
                rejected.stream()
                        .map(row -> row.get("reason").asText())
                        .sorted()
                        .toList());
    }

    @Test
    void theFilesNameCanBeTheModels() throws IOException {
        Path input = Files.createDirectories(folder.resolve("input"));
        Files.write(input.resolve("watches.csv"), List.of("agent_id,t,o0", "x,0,1", "x,1,3"));
        JobHarness.Ended ended = JobHarness.run(
                new InferJob(),
                "--model",
                folder.resolve("models"),
                "--model-column",
                "@file",
                "--input",
                input.resolve("watches.csv"),
                "--output",
                folder.resolve("by-file"),
                "--format",
                "json");
        assertEquals(0, ended.status(), ended.err());
        List<JsonNode> results = JobHarness.rows(folder.resolve("by-file/results"));
        assertEquals("watches", results.get(1).get("model").asText());
    }

    @Test
    void modelsOfDifferentKindsAreNoFleet() throws IOException {
        Files.writeString(
                folder.resolve("models/other.json"),
                "{\"kind\":\"discrete\",\"A\":[[[1,0],[0,1]]],\"B\":[[[[1],[0]],[[0],[1]]]],\"D\":[[1,0]]}");
        JobHarness.Ended ended =
                infer("fleet", folder.resolve("models"), List.of("model,agent_id,t,o0", "watches,x,0,1"));
        assertEquals(2, ended.status());
        assertEquals(
                "All models of a fleet are of one kind, but \"acts\" and \"other\" differ",
                ended.err().strip());
    }
}
