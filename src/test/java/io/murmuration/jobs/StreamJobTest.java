package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A stream over files")
class StreamJobTest {
    private static final String DISCRETE =
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2],[0.1,0.8]]],\"B\":[[[[0.8,0.1],[0.3,0.5]],[[0.2,0.9],[0.7,0.5]]]],"
                    + "\"D\":[[0.5,0.5]],\"C\":[[1,0]],\"action_selection\":\"stochastic\"}";
    private static final String LEARNING =
            "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"pD\":[[1,2]],"
                    + "\"learning\":{\"parameters\":[\"A\",\"D\"],\"rates\":{\"A\":0.3},\"forgetting\":0.9,\"scope\":\"agent\"}}";
    private static final String POPULATION = LEARNING.replace("\"agent\"", "\"population\"");

    private static List<String> models() {
        return List.of(DISCRETE, LEARNING, POPULATION, LEARNING_EACH_STEP, GAUSSIAN);
    }

    private static final String LEARNING_EACH_STEP =
            "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"pB\":[[[[8],[3]],[[2],[7]]]],\"D\":[[0.5,0.5]],"
                    + "\"learning\":{\"parameters\":[\"A\",\"B\"],\"update\":\"step\"}}";
    private static final String GAUSSIAN =
            "{\"kind\":\"linear-gaussian\",\"state_dim\":2,\"obs_dim\":1,\"action_dim\":1}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("models")
    void givesWhatABatchGivesBitByBit(String model) throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), model);
        Path arriving = arriving(rows(29, 13), 4);
        Run batch = infer(file, arriving);
        JobHarness.Ended ended = stream(file, arriving, "--max-files-per-trigger", 1);
        assertEquals(0, ended.status(), ended.err());
        assertEquals(4, batches("results"), "a folder a micro-batch");
        assertEquals(batch, run("stream"));
        assertTrue(ended.out().contains("read      377 rows of 29 agents"), ended.out());
    }

    @Test
    void goesOnWhereItStoodWhenItIsStartedAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), LEARNING);
        List<String> rows = rows(11, 10);
        Path arriving = arriving(rows.subList(0, 55), 2);
        assertEquals(0, stream(file, arriving).status());
        write(arriving.resolve("later.csv"), rows.subList(55, 110));
        assertEquals(0, stream(file, arriving).status());
        assertEquals(infer(file, arriving), run("stream"));
        JsonNode summary =
                JobHarness.JSON.readTree(folder.resolve("stream/summary.json").toFile());
        assertEquals(110, summary.get("rows_read").asInt());
        assertEquals(11, summary.get("agents").asInt());
    }

    @Test
    void readsEachFileByItsOwnHeader() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), DISCRETE);
        Path arriving = Files.createDirectory(folder.resolve("arriving"));
        Files.writeString(arriving.resolve("a.csv"), "agent_id,t,o0\na,1,0\nb,1,\n\n\"c,d\",1,1\n");
        Files.writeString(arriving.resolve("b.csv"), "o0,note,agent_id,t\n1,\"say \"\"x\"\"\",a,2\n0,,b,2\n");
        Files.writeString(arriving.resolve("c.csv"), "t,agent_id,o0\n3,a\n3,b,1\n");
        Files.writeString(arriving.resolve("empty.csv"), "");
        JobHarness.Ended ended = stream(file, arriving);
        assertEquals(0, ended.status(), ended.err());
        infer(file, arriving, "--max-rejected", 1);
        assertEquals(run("batch"), run("stream"));
        assertEquals(6, table("stream", "results").size());
        assertEquals(
                "malformed-row", table("stream", "rejected").get(0).get("code").asText());
        assertEquals(table("batch", "rejected"), table("stream", "rejected"));
    }

    private JobHarness.Ended stream(Path model, Path input, Object... options) {
        return JobHarness.run(
                new StreamJob(),
                Stream.concat(
                                Stream.of(
                                        "--model",
                                        model,
                                        "--input",
                                        input,
                                        "--checkpoint",
                                        folder.resolve("checkpoint"),
                                        "--output",
                                        folder.resolve("stream"),
                                        "--format",
                                        "json",
                                        "--trigger",
                                        "available-now"),
                                Stream.of(options))
                        .toArray());
    }

    /** What must be equal. */
    private record Run(List<JsonNode> results, List<JsonNode> states, List<JsonNode> learned) {}

    private Run infer(Path model, Path input, Object... options) throws IOException {
        JobHarness.Ended ended = JobHarness.run(
                new InferJob(),
                Stream.concat(
                                Stream.of(
                                        "--model",
                                        model,
                                        "--input",
                                        input,
                                        "--output",
                                        folder.resolve("batch"),
                                        "--format",
                                        "json"),
                                Stream.of(options))
                        .toArray());
        assertEquals(0, ended.status(), ended.err());
        return run("batch");
    }

    private Run run(String name) throws IOException {
        return new Run(table(name, "results"), table(name, "state"), table(name, "learned"));
    }

    private List<JsonNode> table(String run, String table) throws IOException {
        Path at = folder.resolve(run).resolve(table);
        return Files.exists(at) ? JobHarness.rows(at) : List.of();
    }

    private long batches(String table) throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("stream").resolve(table))) {
            return folders.count();
        }
    }

    /** Rows of agents in turn, step by step. */
    private static List<String> rows(int agents, int steps) {
        Random random = new Random(5);
        List<String> rows = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            for (int agent = 0; agent < agents; agent++) {
                rows.add("agent-" + agent + "," + t + "," + (random.nextInt(7) == 0 ? "" : random.nextInt(2)));
            }
        }
        return rows;
    }

    /** The rows in files, one after the other. */
    private Path arriving(List<String> rows, int files) throws IOException {
        Path arriving = Files.createDirectory(folder.resolve("arriving"));
        for (int i = 0; i < files; i++) {
            Path file = arriving.resolve("rows-" + i + ".csv");
            write(file, rows.subList(rows.size() * i / files, rows.size() * (i + 1) / files));
            // Files come to the stream in the order of these times.
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000 + i)));
        }
        return arriving;
    }

    private static void write(Path file, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("agent_id,t,o0"));
        lines.addAll(rows);
        Files.write(file, lines);
    }
}
