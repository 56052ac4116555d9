package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.jobs.KafkaBroker.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stream over Kafka")
class StreamKafkaIT {
    private static final Map<String, String> MODELS = Map.of(
            "discrete",
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2],[0.1,0.8]]],\"B\":[[[[0.8,0.1],[0.3,0.5]],[[0.2,0.9],[0.7,0.5]]]],"
                    + "\"D\":[[0.5,0.5]],\"C\":[[1,0]],\"action_selection\":\"stochastic\"}",
            "learning",
            "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"pD\":[[1,2]],"
                    + "\"learning\":{\"parameters\":[\"A\",\"D\"],\"rates\":{\"A\":0.3},\"forgetting\":0.9}}",
            "gaussian",
            "{\"kind\":\"linear-gaussian\",\"state_dim\":2,\"obs_dim\":2,\"action_dim\":1}");

    @TempDir
    static Path shared;

    private static KafkaBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void startABroker() throws IOException, InterruptedException, ExecutionException {
        broker = KafkaBroker.start(shared.resolve("kafka"));
    }

    @AfterAll
    static void stopIt() throws InterruptedException {
        broker.close();
    }

    /** An observation of an agent; a value that is null is missing. */
    private record Observation(String agent, int t, List<Double> values) {
        String csv() {
            return agent + "," + t + ","
                    + values.stream()
                            .map(value -> value == null ? "" : value.toString())
                            .collect(Collectors.joining(","));
        }

        /** In one of the two forms in which observations are written. */
        Message message() {
            List<String> fields = new ArrayList<>(List.of("\"agent_id\":\"" + agent + "\"", "\"t\":" + t));
            if (t % 2 == 0) {
                fields.add("\"observation\":" + values);
            } else {
                for (int i = 0; i < values.size(); i++) {
                    fields.add("\"o" + i + "\":" + values.get(i));
                }
            }
            return Message.of(agent, "{" + String.join(",", fields) + "}");
        }
    }

    private static List<Observation> observations(String kind, int agents, int steps) {
        Random random = new Random(7);
        boolean gaussian = kind.equals("gaussian");
        List<Observation> all = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            for (int agent = 0; agent < agents; agent++) {
                Double[] values = new Double[gaussian ? 2 : 1];
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextInt(7) == 0
                            ? null
                            : Double.valueOf(gaussian ? random.nextGaussian() : random.nextInt(2));
                }
                all.add(new Observation("agent-" + agent, t, Arrays.asList(values)));
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"discrete", "learning", "gaussian"})
    void givesWhatABatchGivesAndDeliversIt(String kind) throws IOException, InterruptedException, ExecutionException {
        List<Observation> observations = observations(kind, 13, 12);
        broker.createTopic(kind, 3);
        broker.createTopic(kind + "-results", 2);
        broker.send(kind, observations.stream().map(Observation::message).toList());
        JobHarness.Ended ended = stream(
                kind,
                kind,
                "--max-offsets-per-trigger",
                60,
                "--deliver-kafka",
                broker.servers(),
                "--deliver-topic",
                kind + "-results",
                "--deliver-console");
        assertEquals(0, ended.status(), ended.err());
        assertEquals(infer(kind, observations), JobHarness.tables(folder.resolve("stream")));
        assertEquals(3, Files.list(folder.resolve("stream/results")).count(), "micro-batches");

        Map<String, JsonNode> delivered = new TreeMap<>();
        broker.read(kind + "-results").forEach(message -> delivered.put(message.key(), json(message.value())));
        Map<String, JsonNode> written = JobHarness.rows(folder.resolve("stream/results")).stream()
                .collect(Collectors.toMap(
                        row -> row.get("agent_id").asText() + "@" + row.get("t"),
                        row -> row,
                        (a, b) -> a,
                        TreeMap::new));
        assertEquals(written, delivered);
        assertTrue(ended.out().contains("batch 2\n+--"), ended.out());
    }

    @Test
    void isNotStoppedByMessagesThatAreNone() throws IOException, InterruptedException, ExecutionException {
        Path fleet = Files.createDirectory(folder.resolve("fleet"));
        Files.writeString(fleet.resolve("one.json"), MODELS.get("discrete"));
        Files.writeString(fleet.resolve("two.json"), MODELS.get("learning"));
        byte[] noise = new byte[10 << 20];
        new Random(3).nextBytes(noise);
        byte[] nested = "{\"agent_id\":[".repeat(500_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String start = "{\"agent_id\":\"a\",\"model\":\"one\",";
        List<Message> messages = List.of(
                Message.of(null, start + "\"t\":0,\"observation\":[0]}"),
                new Message(null, noise),
                new Message(null, nested),
                new Message(null, null),
                Message.of(null, ""),
                Message.of(null, "no JSON"),
                Message.of(null, "{\"agent_id\":\"a\",\"t\":"),
                Message.of(
                        null, "[" + start + "\"t\":1,\"observation\":[0]}," + start + "\"t\":2,\"observation\":[0]}]"),
                Message.of(null, start + "\"t\":1.5,\"observation\":[0]}"),
                Message.of(null, start + "\"t\":\"soon\",\"observation\":[0]}"),
                Message.of(null, start + "\"observation\":[0]}"),
                Message.of(null, start + "\"t\":3,\"observation\":{\"x\":1}}"),
                Message.of(null, start + "\"t\":4,\"observation\":[true]}"),
                Message.of(null, start + "\"t\":5,\"observation\":[0,1]}"),
                Message.of(null, start + "\"t\":6,\"observation\":[2]}"),
                Message.of(null, start + "\"t\":7,\"observation\":[0],\"action\":[2]}"),
                Message.of(null, "{\"agent_id\":\"a\",\"t\":8,\"model\":\"three\",\"observation\":[0]}"),
                Message.of(null, "{\"agent_id\":\"a\",\"t\":9,\"observation\":[0]}"),
                Message.of(null, "{\"t\":10,\"model\":\"one\",\"observation\":[0]}"),
                Message.of(null, " {\"agent_id\":\"b\",\"t\":\"11\",\"model\":\"two\",\"o0\":\"1\",\"more\":{}}\n"));
        broker.createTopic("bad", 1);
        broker.send("bad", messages);
        JobHarness.Ended ended = stream(fleet, "bad", "--max-offsets-per-trigger", 7);
        assertEquals(0, ended.status(), ended.err());
        List<JsonNode> results = JobHarness.rows(folder.resolve("stream/results"));
        assertEquals(2, results.size(), results::toString);
        assertEquals("two", results.get(1).get("model").asText());

        List<JsonNode> rejected = JobHarness.rows(folder.resolve("stream/rejected"));
        Map<String, Long> codes = rejected.stream()
                .collect(Collectors.groupingBy(row -> row.get("code").asText(), TreeMap::new, Collectors.counting()));
        assertEquals(
                Map.of(
                        "malformed-row", 7L,
                        "bad-time", 2L,
                        "missing-time", 1L,
                        "wrong-type", 2L,
                        "wrong-shape", 1L,
                        "outcome-out-of-range", 1L,
                        "bad-action", 1L,
                        "unknown-model", 1L,
                        "missing-model", 1L,
                        "missing-agent", 1L),
                codes,
                rejected::toString);
        List<String> reasons =
                rejected.stream().map(row -> row.get("reason").asText()).toList();
        assertTrue(reasons.contains("The row is malformed: \"no JSON\""), reasons::toString);
        assertTrue(reasons.contains("The row is malformed: \"null\""), reasons::toString);
        assertTrue(reasons.stream().allMatch(reason -> reason.length() < 1100), "noise is kept in part");
    }

    @Test
    void goesOnWhereABrokerWasStoppedAndStartedAgain() throws IOException, InterruptedException, ExecutionException {
        List<Observation> observations = observations("learning", 7, 20);
        List<Message> messages = observations.stream().map(Observation::message).toList();
        broker.createTopic("restarted", 2);
        broker.send("restarted", messages.subList(0, 70));
        Path model = Files.writeString(folder.resolve("model.json"), MODELS.get("learning"));
        JobProcess job =
                JobProcess.start(folder.resolve("log"), "stream", words(model, "restarted", "--trigger", "1 second"));
        awaitResults(job, 70);
        broker.stop();
        awaitInLog(job, "could not be established");
        broker.startAgain();
        broker.send("restarted", messages.subList(70, 140));
        awaitResults(job, 140);
        job.terminate();
        assertEquals(0, job.await(), job::output);
        assertEquals(infer("learning", observations), JobHarness.tables(folder.resolve("stream")));
    }

    private void awaitResults(JobProcess job, int rows) throws IOException {
        Path results = folder.resolve("stream/results");
        while (!Files.exists(results) || JobHarness.rows(results).size() < rows) {
            assertTrue(job.isAlive(), job::output);
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Waits until the client says that the broker is away. */
    private static void awaitInLog(JobProcess job, String text) {
        while (!job.output().contains(text)) {
            assertTrue(job.isAlive(), job::output);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private String[] words(Path model, String topic, Object... more) {
        return JobHarness.streamWords(model, folder, "--kafka", broker.servers(), "--topic", topic, more);
    }

    private JobHarness.Ended stream(String kind, String topic, Object... more) throws IOException {
        return stream(Files.writeString(folder.resolve("model.json"), MODELS.get(kind)), topic, more);
    }

    private JobHarness.Ended stream(Path model, String topic, Object... more) {
        return JobHarness.run(new StreamJob(), words(model, topic, "--trigger", "available-now", more));
    }

    private Map<String, List<JsonNode>> infer(String kind, List<Observation> observations) throws IOException {
        List<String> lines = new ArrayList<>(List.of(kind.equals("gaussian") ? "agent_id,t,o0,o1" : "agent_id,t,o0"));
        observations.forEach(observation -> lines.add(observation.csv()));
        JobHarness.Ended ended = JobHarness.run(
                new InferJob(),
                "--model",
                folder.resolve("model.json"),
                "--input",
                Files.write(folder.resolve("rows.csv"), lines),
                "--output",
                folder.resolve("batch"),
                "--format",
                "json");
        assertEquals(0, ended.status(), ended.err());
        return JobHarness.tables(folder.resolve("batch"));
    }

    private static JsonNode json(String text) {
        try {
            return JobHarness.JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
