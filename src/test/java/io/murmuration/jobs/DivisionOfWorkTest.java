package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

@DisplayName("Results do not depend on how the work is divided")
class DivisionOfWorkTest {
    @TempDir
    Path folder;

    @BeforeEach
    void simulate() {
        JobHarness.Ended ended = JobHarness.run(
                new SimulateJob(),
                "--environment",
                "bandit",
                "--agents",
                "57",
                "--steps",
                "11",
                "--output",
                folder.resolve("world"),
                "--format",
                "json");
        assertEquals(0, ended.status(), ended.err());
    }

    @Test
    void partitionsAndBlocksChangeNoBit() throws IOException {
        Run one = infer("one", "--partitions", 1);
        assertEquals(57 * 11, one.results().size());
        assertEquals(one, infer("two", "--partitions", 2));
        assertEquals(one, infer("seven", "--partitions", 7, "--block-size", 5));
        assertEquals(one, infer("single", "--partitions", 3, "--block-size", 1));
        assertEquals(one, infer("clustered", "--clustered"));
    }

    @Test
    void goingOnFromAStateGivesTheBytesOfOneRun() throws IOException {
        List<JsonNode> all = JobHarness.rows(folder.resolve("world/observations"));
        write("early", all, 0, 4);
        write("late", all, 4, 11);
        Run whole = infer("whole");
        Run early = inferFrom("early", folder.resolve("early.json"));
        Run late = inferFrom("late", folder.resolve("late.json"), "--initial", folder.resolve("early"));

        List<JsonNode> parts = new ArrayList<>(early.results());
        parts.addAll(late.results());
        parts.sort(JobHarness.BY_KEY);
        assertEquals(whole.results(), parts);
        assertEquals(whole.states(), late.states());
    }

    private void write(String name, List<JsonNode> rows, int from, int to) throws IOException {
        Files.write(
                folder.resolve(name + ".json"),
                rows.stream()
                        .filter(row ->
                                row.get("t").asInt() >= from && row.get("t").asInt() < to)
                        .map(JsonNode::toString)
                        .toList());
    }

    /** What must be equal. */
    private record Run(List<JsonNode> results, List<JsonNode> states, JsonNode summary) {}

    private Run infer(String name, Object... options) throws IOException {
        return inferFrom(name, folder.resolve("world/observations"), options);
    }

    private Run inferFrom(String name, Path input, Object... options) throws IOException {
        Path output = folder.resolve(name);
        Object[] words = Stream.concat(
                        Stream.of(
                                "--model",
                                folder.resolve("world/model.json"),
                                "--input",
                                input,
                                "--output",
                                output,
                                "--format",
                                "json"),
                        Stream.of(options))
                .toArray();
        JobHarness.Ended ended = JobHarness.run(new InferJob(), words);
        assertEquals(0, ended.status(), ended.err());
        ObjectNode summary = (ObjectNode)
                JobHarness.JSON.readTree(output.resolve("summary.json").toFile());
        summary.remove(List.of("run"));
        return new Run(JobHarness.rows(output.resolve("results")), JobHarness.rows(output.resolve("state")), summary);
    }
}
