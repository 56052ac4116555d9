package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.summary.RunningQuantile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The agents of a stream")
class StreamAgentsTest {
    private static final String LEARNING =
            "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"pD\":[[1,2]],"
                    + "\"learning\":{\"parameters\":[\"A\",\"D\"],\"rates\":{\"A\":0.3},\"scope\":\"agent\"}}";
    private static final String PLAIN =
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2],[0.1,0.8]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"D\":[[0.5,0.5]]}";
    private static final String OTHER = PLAIN.replace("0.9,0.2],[0.1,0.8", "0.6,0.2],[0.4,0.8");
    private static final String WIDER =
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2,0.5],[0.1,0.8,0.5]]],\"B\":[[[[1],[0],[0]],[[0],[1],[0]],[[0],[0],[1]]]],"
                    + "\"D\":[[0.5,0.25,0.25]]}";

    @TempDir
    Path folder;

    private static List<String> rows(int agents, int from, int to) {
        List<String> rows = new ArrayList<>();
        for (int t = from; t < to; t++) {
            for (int agent = 0; agent < agents; agent++) {
                rows.add("agent-" + agent + "," + t + "," + new SplittableRandom(31L * t + agent).nextInt(2));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "population"})
    @DisplayName("begin where a batch left them, and the seam changes no byte")
    void initial(String scope) throws IOException {
        StreamFolder stream = new StreamFolder(folder, LEARNING.replace("\"agent\"", "\"" + scope + "\""));
        List<String> first = new ArrayList<>(rows(6, 0, 5));
        first.add("gone,2,1");
        assertEquals(0, stream.infer("first", first).status());
        stream.arrive(rows(6, 5, 8));
        stream.arrive(rows(7, 8, 10));
        assertEquals(0, stream.stream("--initial", folder.resolve("first")).status());
        List<String> all = new ArrayList<>(first);
        all.addAll(rows(6, 5, 8));
        all.addAll(rows(7, 8, 10));
        assertEquals(0, stream.infer("all", all).status());
        List<JsonNode> results = stream.table("first", "results");
        results.addAll(stream.table("stream", "results"));
        assertEquals(results.size(), all.size());
        assertTrue(results.containsAll(stream.table("all", "results")));
        assertEquals(stream.table("all", "state"), stream.table("stream", "state"));
        assertEquals(stream.table("all", "learned"), stream.table("stream", "learned"));
        // It has begun: what it began from is not asked for again.
        assertEquals(0, stream.stream().status());
        assertEquals(stream.table("all", "state"), stream.table("stream", "state"));
    }

    @Test
    @DisplayName("do not begin from what cannot be gone on from")
    void initialOfOthers() throws IOException {
        StreamFolder stream = new StreamFolder(folder, WIDER);
        assertEquals(0, stream.infer("first", rows(2, 0, 3)).status());
        stream.model(PLAIN);
        stream.arrive(rows(2, 3, 5));
        JobHarness.Ended refused = stream.stream("--initial", folder.resolve("first"));
        assertEquals(2, refused.status());
        assertTrue(
                refused.err().startsWith("Agent \"agent-")
                        && refused.err().contains("cannot go on with the model \"model\" from where it stands: "),
                refused.err());
        assertEquals(1, refused.err().strip().lines().count());
        assertFalse(Files.exists(folder.resolve("stream/stream.json")), "nothing is begun");

        stream.model(WIDER);
        assertEquals(0, stream.stream("--initial", folder.resolve("first")).status());
        // As if it had gone down before it was done with the first micro-batch.
        try (Stream<Path> books = Files.list(folder.resolve("checkpoint/commits"))) {
            for (Path book : books.toList()) {
                Files.delete(book);
            }
        }
        assertEquals(
                "The stream was begun with --initial " + folder.resolve("first")
                        + ", which it keeps for good, but it is now none",
                stream.stream().err().strip());
    }

    @Test
    @DisplayName("that are let go by the time of micro-batches begin anew when they come back")
    void timeToLive() throws IOException {
        StreamFolder stream = new StreamFolder(folder, LEARNING);
        stream.arrive("a,1,0", "a,2,0", "b,1,1");
        stream.arrive("c,1,0");
        stream.arrive("a,3,0", "a,4,1");
        assertEquals(0, stream.stream("--ttl", "1 microsecond").status());
        List<String> anew = stream.table("stream", "results").stream()
                .filter(row -> row.get("new").asBoolean())
                .map(row -> row.get("agent_id").asText() + row.get("t").asText())
                .toList();
        assertEquals(List.of("a1", "a3", "b1", "c1"), anew);
        JsonNode summary = stream.summary();
        assertTrue(summary.get("agents_evicted").asLong() >= 1);
        assertEquals(
                4,
                summary.get("agents_evicted").asLong() + summary.get("agents").asLong());
        assertEquals(stream.rows(), StreamFolder.accounted(summary));
        assertEquals(
                "The stream was begun with --ttl (in microseconds) 1, which it keeps for good, but it is now -1",
                stream.stream().err().strip());
    }

    @Test
    @DisplayName("raise alerts when a row surprises them more than their own past, wherever micro-batches end")
    void alerts() throws IOException {
        StreamFolder stream = new StreamFolder(folder, PLAIN);
        stream.arrive(rows(3, 0, 20));
        stream.arrive(rows(3, 20, 33));
        assertEquals(0, stream.stream("--alert-quantile", 0.9).status());
        stream.arrive(rows(3, 33, 90));
        assertEquals(0, stream.stream("--alert-quantile", 0.9).status());
        List<String> expected = new ArrayList<>();
        RunningQuantile quantile = new RunningQuantile(0.9);
        for (JsonNode row : stream.table("stream", "results")) {
            if (row.get("t").asInt() == 0) {
                quantile = new RunningQuantile(0.9);
            }
            double freeEnergy = row.get("free_energy").asDouble();
            if (quantile.count() >= 30 && freeEnergy > quantile.value()) {
                expected.add(row.get("agent_id").asText() + " " + row.get("t") + " " + quantile.value());
            }
            quantile.add(freeEnergy);
        }
        assertTrue(expected.size() > 3 && expected.size() < 60, expected::toString);
        assertEquals(
                expected,
                stream.table("stream", "alerts").stream()
                        .map(row -> row.get("agent_id").asText() + " " + row.get("t") + " " + row.get("threshold"))
                        .toList());
        assertEquals(expected.size(), stream.summary().get("alerts").asInt());
        assertEquals(2, stream.stream("--alert-quantile", 0.3).status());
    }

    @Test
    @DisplayName("go on with another model only if that is asked for, and if their states fit")
    void otherModels() throws IOException {
        StreamFolder stream = new StreamFolder(folder, PLAIN);
        stream.arrive(rows(3, 0, 4));
        assertEquals(0, stream.stream().status());
        stream.model(OTHER);
        stream.arrive(rows(3, 4, 6));
        JobHarness.Ended refused = stream.stream();
        assertEquals(2, refused.status());
        assertEquals(
                "The stream was begun with other models than those of --model: give --accept-model if their states fit,"
                        + " or begin a new stream",
                refused.err().strip());
        assertEquals(0, stream.stream("--accept-model").status());
        assertEquals(18, stream.table("stream", "results").size());
        assertEquals(0, stream.stream().status(), "it is the stream's model now");
        stream.model(WIDER);
        stream.arrive(rows(3, 6, 7));
        JobHarness.Ended misfit = stream.stream("--accept-model");
        assertEquals(2, misfit.status());
        assertTrue(misfit.err().contains("cannot go on with the model \"model\" from where it stands: "), misfit.err());
        assertEquals(1, misfit.err().strip().lines().count());
        assertEquals(18, stream.table("stream", "results").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "population"})
    @DisplayName(
            "whose learned counts do not fit another model end the stream in a sentence, even if they never come again")
    void otherCounts(String scope) throws IOException {
        String learning = LEARNING.replace("\"agent\"", "\"" + scope + "\"");
        StreamFolder stream = new StreamFolder(folder, learning);
        stream.arrive("gone,0,1", "gone,1,0");
        assertEquals(0, stream.stream().status());
        stream.model(
                learning.replace("[\"A\",\"D\"]", "[\"A\"]").replace("pD", "D").replace("[1,2]", "[0.3,0.7]"));
        stream.arrive("new,2,1");
        JobHarness.Ended misfit = stream.stream("--accept-model");
        assertEquals(2, misfit.status(), misfit.err());
        assertTrue(
                misfit.err().startsWith("Agent \"gone\" cannot go on with the model \"model\" from where it stands: "),
                misfit.err());
        assertEquals(1, misfit.err().strip().lines().count(), misfit.err());
        // Nothing was done, so that the way back is open.
        stream.model(learning);
        assertEquals(0, stream.stream().status());
        assertEquals(
                0,
                stream.infer("batch", List.of("gone,0,1", "gone,1,0", "new,2,1"))
                        .status());
        assertEquals(stream.tables("batch"), stream.tables("stream"));
    }

    @Test
    @DisplayName("that were let go leave a population counts, which another model has to fit as well")
    void otherCountsOfThePast() throws IOException {
        String learning = LEARNING.replace("\"agent\"", "\"population\"");
        StreamFolder stream = new StreamFolder(folder, learning);
        stream.arrive("gone,0,1", "gone,1,0");
        stream.arrive(",2,0");
        assertEquals(0, stream.stream("--ttl", "1 microsecond").status());
        assertEquals(0, stream.summary().get("agents").asInt());
        stream.model(
                learning.replace("[\"A\",\"D\"]", "[\"A\"]").replace("pD", "D").replace("[1,2]", "[0.3,0.7]"));
        stream.arrive("new,2,1");
        JobHarness.Ended misfit = stream.stream("--ttl", "1 microsecond", "--accept-model");
        assertEquals(2, misfit.status(), misfit.err());
        assertEquals(
                "Agents that were let go have taught the population of the model \"model\" 6 counts, but the model's"
                        + " learns 4",
                misfit.err().strip());
    }

    @Test
    @DisplayName("go on with models of the names that the stream was begun with, and no others")
    void moreModels() throws IOException {
        Path fleet = Files.createDirectory(folder.resolve("fleet"));
        Files.writeString(fleet.resolve("two.json"), LEARNING);
        Path arriving = Files.createDirectory(folder.resolve("arriving"));
        Files.writeString(arriving.resolve("1.csv"), "agent_id,model,t,o0\na,two,1,0\n");
        String[] words = JobHarness.streamWords(
                fleet, folder, "--input", arriving, "--trigger", "available-now", "--accept-model");
        assertEquals(0, JobHarness.run(new StreamJob(), (Object[]) words).status());
        Files.writeString(fleet.resolve("one.json"), PLAIN);
        JobHarness.Ended more = JobHarness.run(new StreamJob(), (Object[]) words);
        assertEquals(2, more.status(), more.err());
        assertEquals(
                "The stream was begun with models named two, expected models of these names and no others (--model)",
                more.err().strip());
    }
}
