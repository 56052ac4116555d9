package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.stream.StreamCounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stream that runs for good")
class StreamSourcesTest {
    private static final Object[] OFTEN = {"--trigger", "200 milliseconds"};

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void aModelIsThere() throws IOException {
        model = Files.writeString(folder.resolve("model.json"), ArrivingFiles.MODEL);
    }

    /** An observation. */
    private record Observation(String agent, int t, int outcome) {
        String csv() {
            return agent + "," + t + "," + outcome;
        }

        String json() {
            return "{\"agent_id\":\"" + agent + "\",\"t\":" + t + ",\"o0\":" + outcome + "}";
        }
    }

    private static List<Observation> observations(int agents, int steps) {
        Random random = new Random(3);
        return IntStream.range(0, agents * steps)
                .mapToObj(i -> new Observation("agent-" + i % agents, i / agents, random.nextInt(2)))
                .toList();
    }

    @Test
    @DisplayName("infers what a rate makes up: all agents in turn, and nothing between two micro-batches is lost")
    void rate() throws IOException {
        int agents = 10;
        try (LiveStream live = start("--rate", 200, "--agents", agents)) {
            StreamCounts first = live.awaitRows(1);
            live.awaitRows(first.read() + 1);
            live.stop();
        }
        JsonNode summary = summary();
        long read = summary.get("rows_read").asLong();
        assertEquals(read, summary.get("rows_written").asLong());
        assertEquals(read, StreamFolder.accounted(summary));
        assertEquals(agents, summary.get("agents").asInt());
        assertEquals(
                LongStream.range(0, read)
                        .mapToObj(number -> "agent-" + number % agents + "@" + number / agents)
                        .sorted()
                        .toList(),
                JobHarness.rows(folder.resolve("stream/results")).stream()
                        .map(row -> row.get("agent_id").asText() + "@" + row.get("t"))
                        .sorted()
                        .toList());
    }

    @Test
    @DisplayName("infers the lines of a program that listens as a batch does, and what is none is rejected")
    void socket() throws IOException {
        List<Observation> observations = observations(4, 10);
        try (ServerSocket server = listening();
                LiveStream live = start("--socket", "127.0.0.1:" + server.getLocalPort());
                Socket connection = server.accept();
                PrintWriter lines = new PrintWriter(connection.getOutputStream(), true, StandardCharsets.UTF_8)) {
            observations.subList(0, 17).forEach(observation -> lines.println(observation.json()));
            live.awaitRows(17);
            lines.println("no JSON");
            observations.subList(17, 40).forEach(observation -> lines.println(observation.json()));
            live.awaitRows(41);
            live.stop();
        }
        assertEquals(41, StreamFolder.accounted(summary()));
        assertEquals(
                "The row is malformed: \"no JSON\"",
                JobHarness.rows(folder.resolve("stream/rejected"))
                        .get(0)
                        .get("reason")
                        .asText());
        assertSameAsBatch(observations);
    }

    @Test
    @DisplayName("takes files of lines that are put into a folder which was empty when it began")
    void lines() throws IOException {
        Path arriving = Files.createDirectory(folder.resolve("arriving"));
        List<Observation> observations = observations(5, 9);
        try (LiveStream live = start("--input", arriving, "--input-format", "json", "--time-type", "integer")) {
            for (int file = 0; file < 3; file++) {
                List<String> lines = observations.subList(15 * file, 15 * file + 15).stream()
                        .map(Observation::json)
                        .toList();
                Path growing = Files.write(folder.resolve("growing"), lines);
                Files.move(growing, arriving.resolve(file + ".json"));
                live.awaitRows(15L * file + 15);
            }
            live.stop();
        }
        assertEquals(45, StreamFolder.accounted(summary()));
        assertSameAsBatch(observations);
    }

    private static ServerSocket listening() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(180_000);
        return server;
    }

    private LiveStream start(Object... source) {
        return LiveStream.start(folder, JobHarness.streamWords(model, folder, OFTEN, source));
    }

    private JsonNode summary() throws IOException {
        return JobHarness.JSON.readTree(folder.resolve("stream/summary.json").toFile());
    }

    private void assertSameAsBatch(List<Observation> observations) throws IOException {
        List<String> lines = new ArrayList<>(List.of("agent_id,t,o0"));
        observations.forEach(observation -> lines.add(observation.csv()));
        Path rows = Files.write(folder.resolve("rows.csv"), lines);
        JobHarness.Ended ended = JobHarness.run(
                new InferJob(),
                "--model",
                model,
                "--input",
                rows,
                "--output",
                folder.resolve("batch"),
                JobHarness.asJson());
        assertEquals(0, ended.status(), ended.err());
        assertEquals(JobHarness.tables(folder.resolve("batch")), JobHarness.tables(folder.resolve("stream")));
    }
}
