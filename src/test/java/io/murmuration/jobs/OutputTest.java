package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What stands in the output folder is of one run, and complete")
class OutputTest {
    private static final String MODEL = "{\"kind\":\"discrete\",\"A\":[[[0.9,0.1],[0.1,0.9]]],"
            + "\"B\":[[[[1],[0]],[[0],[1]]]],\"D\":[[0.5,0.5]]%s}";
    private static final String LEARNING = ",\"pA\":[[[9,1],[1,9]]],\"learning\":{\"parameters\":[\"A\"]}";

    @TempDir
    Path folder;

    private JobHarness.Ended infer(String model, List<String> lines, Object... options) throws IOException {
        Files.writeString(folder.resolve("model.json"), model);
        Files.write(folder.resolve("input.csv"), lines);
        return inferFrom(folder.resolve("input.csv"), options);
    }

    private JobHarness.Ended inferFrom(Path input, Object... options) {
        return JobHarness.run(
                new InferJob(),
                Stream.concat(
                                Stream.of("--model", folder.resolve("model.json"), "--input", input),
                                Stream.concat(
                                        Stream.of("--output", folder.resolve("output"), "--format", "json"),
                                        Stream.of(options)))
                        .toArray());
    }

    private List<String> output() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("output"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void nothingOfAnEarlierRunIsLeft() throws IOException {
        List<String> good = List.of("agent_id,t,o0", "a,0,1");
        assertEquals(0, infer(MODEL.formatted(LEARNING), good).status());
        assertEquals(List.of("learned", "rejected", "report.html", "results", "state", "summary.json"), output());

        assertEquals(0, infer(MODEL.formatted(""), good, "--overwrite").status());
        assertEquals(List.of("rejected", "report.html", "results", "state", "summary.json"), output());

        List<String> bad = List.of("agent_id,t,o0", "a,0,7");
        assertEquals(2, infer(MODEL.formatted(""), bad, "--overwrite").status());
        assertEquals(List.of("rejected", "report.html", "summary.json"), output());
    }

    @Test
    void aMistakeThatShowsBeforeRowsAreReadLeavesWhatWasThere() throws IOException {
        List<String> good = List.of("agent_id,t,o0", "a,0,1");
        assertEquals(2, infer(MODEL.formatted(""), good, "--agent", "who").status());
        assertFalse(Files.exists(folder.resolve("output")));

        assertEquals(0, infer(MODEL.formatted(""), good).status());
        List<JsonNode> results = JobHarness.rows(folder.resolve("output/results"));
        assertEquals(
                2,
                infer(MODEL.formatted(""), good, "--overwrite", "--agent", "who")
                        .status());
        assertEquals(results, JobHarness.rows(folder.resolve("output/results")));
    }

    @Test
    void aFolderThatCannotBeMadeIsToldInASentence() throws IOException {
        Files.writeString(folder.resolve("output"), "a file");
        JobHarness.Ended ended = infer(MODEL.formatted(""), List.of("agent_id,t,o0", "a,0,1"), "--overwrite");
        assertEquals(2, ended.status(), ended.err());
        assertTrue(ended.err().startsWith("Cannot write to "), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
    }

    @Test
    void statesOfAnotherModelAreRefused() throws IOException {
        List<String> rows = List.of("agent_id,t,o0", "a,0,1");
        assertEquals(0, infer(MODEL.formatted(""), rows).status());
        Files.move(folder.resolve("output"), folder.resolve("earlier"));
        Files.writeString(
                folder.resolve("model.json"),
                "{\"kind\":\"linear-gaussian\",\"state_dim\":2,\"obs_dim\":1,\"action_dim\":1}");
        Files.write(folder.resolve("later.csv"), List.of("agent_id,t,o0", "a,1,1"));
        JobHarness.Ended ended = inferFrom(folder.resolve("later.csv"), "--initial", folder.resolve("earlier"));
        assertEquals(2, ended.status());
        assertEquals(
                "Agent \"a\" cannot go on with the model \"model\" from where it stands: The state has 2 values of belief and 1 of"
                        + " action, but the model's has 6 and 1",
                ended.err().strip());
    }

    @Test
    void anAgentWhoseRowsStandApartIsNotClustered() throws IOException {
        JobHarness.Ended ended =
                infer(MODEL.formatted(""), List.of("agent_id,t,o0", "a,0,1", "b,0,1", "a,1,1"), "--clustered");
        assertEquals(2, ended.status());
        assertEquals(
                "The input is not clustered (--clustered): the rows of agent \"a\" do not stand together in one file",
                ended.err().strip());
        assertFalse(Files.exists(folder.resolve("output")));
    }

    @Test
    void aTableWithoutRowsGivesTablesWithoutRows() throws IOException {
        JobHarness.Ended ended = infer(MODEL.formatted(""), List.of("agent_id,t,o0"));
        assertEquals(0, ended.status(), ended.err());
        assertEquals(List.of("rejected", "report.html", "results", "state", "summary.json"), output());
        assertEquals(List.of(), JobHarness.rows(folder.resolve("output/results")));
    }
}
