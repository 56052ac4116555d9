package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"agent", "population"})
    void neitherDoWhatIsLearnedAndWhatIsRejected(String scope) throws IOException {
        String model =
                "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"pD\":[[1,2]],"
                        + "\"learning\":{\"parameters\":[\"A\",\"D\"],\"rates\":{\"A\":0.3},\"forgetting\":0.9,\"scope\":\""
                        + scope
                        + "\"}}";
        Path learning = Files.writeString(folder.resolve("learning.json"), model);
        List<String> lines = new ArrayList<>(List.of("agent_id,t,o0"));
        for (int row = 0; row < 600; row++) {
            // Some rows are doubled, some contradict another, some are none.
            int key = row % 13 == 0 ? row / 2 : row;
            lines.add("a" + key % 37 + "," + key / 37 + "," + (row % 17 == 0 ? "x" : Integer.toString(row % 3 % 2)));
        }
        Path input = Files.write(folder.resolve("rows.csv"), lines);
        Object[] lenient = {"--max-rejected", 1000};
        Run one = inferWith(learning, "one-" + scope, input, "--partitions", 1, lenient);
        assertTrue(one.rejected().size() > 40 && one.learned().size() == (scope.equals("agent") ? 37 : 1));
        assertEquals(one, inferWith(learning, "seven-" + scope, input, "--partitions", 7, lenient));
        assertEquals(one, inferWith(learning, "blocks-" + scope, input, "--block-size", 3, lenient));
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

    /** What must be equal; rejected rows in the order of their texts, since some have no key. */
    private record Run(
            List<JsonNode> results,
            List<JsonNode> states,
            List<JsonNode> learned,
            List<String> rejected,
            JsonNode summary) {}

    private Run infer(String name, Object... options) throws IOException {
        return inferFrom(name, folder.resolve("world/observations"), options);
    }

    private Run inferFrom(String name, Path input, Object... options) throws IOException {
        return inferWith(folder.resolve("world/model.json"), name, input, options);
    }

    private Run inferWith(Path model, String name, Path input, Object... options) throws IOException {
        Path output = folder.resolve(name);
        Object[] words = Stream.concat(
                        Stream.of("--model", model, "--input", input, "--output", output, "--format", "json"),
                        Stream.of(options).flatMap(o -> o instanceof Object[] more ? Stream.of(more) : Stream.of(o)))
                .toArray();
        JobHarness.Ended ended = JobHarness.run(new InferJob(), words);
        assertEquals(0, ended.status(), ended.err());
        ObjectNode summary = (ObjectNode)
                JobHarness.JSON.readTree(output.resolve("summary.json").toFile());
        summary.remove(List.of("run"));
        return new Run(
                JobHarness.rows(output.resolve("results")),
                JobHarness.rows(output.resolve("state")),
                Files.exists(output.resolve("learned")) ? JobHarness.rows(output.resolve("learned")) : List.of(),
                JobHarness.rows(output.resolve("rejected")).stream()
                        .map(JsonNode::toString)
                        .sorted()
                        .toList(),
                summary);
    }
}
