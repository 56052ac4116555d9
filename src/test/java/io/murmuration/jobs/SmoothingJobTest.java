package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Smoothed beliefs know what comes later, as far as they look")
class SmoothingJobTest {
    @TempDir
    Path folder;

    private Path simulate(String world, int agents, int steps) {
        Path output = folder.resolve("world-" + world);
        JobHarness.Ended ended = JobHarness.run(
                new SimulateJob(),
                "--environment",
                world,
                "--agents",
                agents,
                "--steps",
                steps,
                "--output",
                output,
                "--format",
                "json");
        assertEquals(0, ended.status(), ended.err());
        return output;
    }

    private List<JsonNode> infer(String name, Path model, Path input, Object... options) throws IOException {
        Path output = folder.resolve(name);
        JobHarness.Ended ended = JobHarness.run(new InferJob(), words(model, input, output, options));
        assertEquals(0, ended.status(), ended.err());
        return JobHarness.rows(output.resolve("results"));
    }

    private static Object[] words(Path model, Path input, Path output, Object... options) {
        return Stream.concat(
                        Stream.of("--model", model, "--input", input, "--output", output, "--format", "json"),
                        Stream.of(options))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"bandit, smoothed_belief", "plant, smoothed_mean:smoothed_covariance"})
    void withALagTheyAreThoseOfAHistoryThatEndsSoMuchLater(String world, String columns) throws IOException {
        Path output = simulate(world, 5, 9);
        Path model = output.resolve("model.json");
        List<JsonNode> lagged = infer("lagged", model, output.resolve("observations"), "--smooth", 2);
        for (int end = 3; end <= 9; end += 3) {
            Path cut = folder.resolve("cut-" + end + ".json");
            int last = end;
            Files.write(
                    cut,
                    JobHarness.rows(output.resolve("observations")).stream()
                            .filter(row -> row.get("t").asInt() < last)
                            .map(JsonNode::toString)
                            .toList());
            List<JsonNode> whole = infer("whole-" + end, model, cut, "--smooth", "all");
            for (int agent = 0; agent < 5; agent++) {
                for (String column : columns.split(":")) {
                    JsonNode smoothed = whole.get(agent * end + end - 3).get(column);
                    assertEquals(smoothed, lagged.get(agent * 9 + end - 3).get(column));
                }
            }
        }
    }

    @Test
    void aHistoryThatGoesRunByRunIsSmoothedAsOneThatGoesAtOnce() throws IOException {
        Path output = simulate("grid", 2, 2500);
        Path model = output.resolve("model.json");
        Path input = output.resolve("observations");
        // Of 256 lanes each run has a few hundred rows, of a single lane some thousands.
        List<JsonNode> byRuns = infer("by-runs", model, input, "--smooth", 3);
        assertEquals(5000, byRuns.size());
        assertEquals(byRuns, infer("at-once", model, input, "--smooth", 3, "--block-size", 1));
        List<JsonNode> whole = infer("whole", model, input, "--smooth", "all");
        assertEquals(byRuns.get(2499).get("smoothed_belief"), whole.get(2499).get("smoothed_belief"));
        assertNotEquals(byRuns.get(1000).get("smoothed_belief"), whole.get(1000).get("smoothed_belief"));
    }

    @Test
    void theLastRowsBeliefIsTheFilteredOne() throws IOException {
        Path output = simulate("plant", 1, 7);
        List<JsonNode> rows =
                infer("smoothed", output.resolve("model.json"), output.resolve("observations"), "--smooth", "all");
        assertEquals(rows.get(6).get("mean"), rows.get(6).get("smoothed_mean"));
        assertTrue(rows.get(3).at("/smoothed_covariance/0/0").asDouble()
                < rows.get(3).at("/covariance/0/0").asDouble());
    }

    @Test
    void whatCannotBeSmoothedIsRefusedInASentence() throws IOException {
        String model = "{'kind': 'discrete', 'A': [[[0.9, 0.1], [0.1, 0.9]]], 'policy_length': 12,"
                + " 'B': [[[[1, 0.5], [0, 0.5]], [[0, 0.5], [1, 0.5]]]], 'D': [[0.5, 0.5]]%s}";
        Path plain = write("plain.json", model.formatted(""));
        Path learning = write(
                "learning.json",
                model.formatted(", 'pD': [[1, 1]], 'learning': {'parameters': ['D'], 'update': 'step'}"));
        Path input = folder.resolve("long.csv");
        Files.write(
                input,
                Stream.concat(
                                Stream.of("agent_id,t,o0"),
                                IntStream.range(0, 1000).mapToObj(t -> "a," + t + "," + t % 2))
                        .toList());
        assertRefused(
                "Agent \"a\" has more than the 766 rows that fit into memory for --smooth all: give a number of rows, as in"
                        + " --smooth 100",
                plain,
                input,
                "all");
        assertRefused(
                "--smooth is 5000, but no more than 765 rows of results with this model fit into memory at once",
                plain,
                input,
                "5000");
        assertRefused(
                "--smooth does not go with the model \"learning\", which learns after every step: the transitions of the"
                        + " past are not kept",
                learning,
                input,
                "3");
        assertRefused("--smooth is 0, expected a number of rows that is at least 1, or all", plain, input, "0");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }

    private void assertRefused(String sentence, Path model, Path input, String smooth) {
        Path output = folder.resolve("refused");
        JobHarness.Ended ended = JobHarness.run(new InferJob(), words(model, input, output, "--smooth", smooth));
        assertEquals(sentence, ended.err().strip());
        assertEquals(2, ended.status());
        assertTrue(Files.notExists(output), "nothing is left behind");
    }
}
