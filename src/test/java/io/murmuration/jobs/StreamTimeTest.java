package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stream whose rows wait for the watermark")
class StreamTimeTest {
    private static final String LEARNING =
            "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"pD\":[[1,2]],"
                    + "\"learning\":{\"parameters\":[\"A\",\"D\"],\"rates\":{\"A\":0.3},\"forgetting\":0.9}}";
    /** Before the epoch and after it. */
    private static final Instant START = Instant.parse("1969-12-31T23:59:30Z");

    @TempDir
    Path folder;

    private static String row(String agent, long second, int outcome) {
        return agent + "," + START.plusSeconds(second) + "," + outcome;
    }

    @Test
    @DisplayName("infers shuffled and repeated rows as the ordered ones, and accounts for every row at every end")
    void shuffled() throws IOException {
        Random random = new Random(11);
        List<String> ordered = new ArrayList<>();
        for (int second = 0; second < 120; second++) {
            for (int agent = 0; agent < 7; agent++) {
                ordered.add(row("agent-" + agent, second, random.nextInt(2)));
            }
        }
        StreamFolder stream = new StreamFolder(folder, LEARNING);
        // No row is more than 20 s behind a later one: rows are shuffled within so many, and some come twice.
        int files = 6;
        int chunk = ordered.size() / files;
        for (int file = 0; file < files; file++) {
            List<String> rows = new ArrayList<>(ordered.subList(file * chunk, (file + 1) * chunk));
            rows.addAll(rows.subList(0, 9));
            if (file == 2) {
                rows.add("agent-0,,1");
                rows.add("agent-0,yesterday,1");
                rows.add("," + START.plusSeconds(45) + ",1");
                // Two that contradict each other, in two files.
                rows.add(row("torn", 59, 0));
            }
            if (file == 3) {
                rows.add(row("torn", 59, 1));
            }
            Collections.shuffle(rows, random);
            stream.arrive(rows);
            if (file % 2 == 1) {
                assertEquals(
                        0,
                        stream.stream("--watermark", "25 seconds", "--keep-held")
                                .status());
                JsonNode summary = stream.summary();
                assertEquals(stream.rows(), summary.get("rows_read").asLong());
                assertEquals(stream.rows(), StreamFolder.accounted(summary));
                assertTrue(summary.get("rows_held").asLong() > 0);
            }
        }
        assertEquals(0, stream.stream("--watermark", "25 seconds").status());
        JsonNode summary = stream.summary();
        assertEquals(0, summary.get("rows_held").asLong());
        assertEquals(0, summary.get("rows_late").asLong());
        assertEquals(5, summary.get("rows_rejected").asLong());
        assertEquals(2, summary.get("rejected").get("conflicting-rows").asLong());
        assertEquals(9L * files, summary.get("duplicates").asLong());
        assertEquals(stream.rows(), StreamFolder.accounted(summary));
        assertEquals(0, stream.infer("batch", ordered).status());
        assertEquals(stream.tables("batch"), stream.tables("stream"));

        // A second end, and rows that come again long after.
        stream.arrive(row("agent-0", 119, 0), row("agent-0", 119, 1), row("agent-1", 20, 0), row("agent-0", 130, 1));
        assertEquals(0, stream.stream("--watermark", "25 seconds").status());
        summary = stream.summary();
        assertEquals(ordered.size() + 1, summary.get("rows_written").asLong());
        assertEquals(9L * files + 1, summary.get("duplicates").asLong());
        assertEquals(2, summary.get("rows_late").asLong());
        assertEquals(stream.rows(), StreamFolder.accounted(summary));
        List<JsonNode> late = stream.table("stream", "late");
        assertEquals(2, late.size());
        late.forEach(row -> assertEquals("late", row.get("code").asText()));
    }

    @Test
    @DisplayName("lets go of rows whose partition gets no new ones, and takes rows of any time")
    void timers() throws IOException {
        StreamFolder stream = new StreamFolder(folder, LEARNING);
        List<String> agents = IntStream.range(0, 9).mapToObj(i -> "agent-" + i).toList();
        stream.arrive(agents.stream().map(agent -> row(agent, 60, 1)).toList());
        stream.arrive("agent-0,-5000-01-01T00:00:00Z,0", row("agent-0", 600, 1));
        stream.arrive(row("agent-0", 601, 1));
        assertEquals(
                0, stream.stream("--watermark", "10 seconds", "--keep-held").status());
        JsonNode summary = stream.summary();
        assertEquals(2, summary.get("rows_held").asLong(), "those of the end");
        assertEquals(10, summary.get("rows_written").asLong());
        assertEquals(stream.rows(), StreamFolder.accounted(summary));
        stream.arrive("agent-1,250000-01-01T00:00:00Z,0");
        stream.arrive(row("agent-2", 700, 1));
        assertEquals(0, stream.stream("--watermark", "10 seconds").status());
        summary = stream.summary();
        assertEquals(stream.rows(), StreamFolder.accounted(summary));
        assertEquals(0, summary.get("rows_held").asLong());
        assertEquals(14, summary.get("rows_written").asLong());
    }

    @Test
    @DisplayName("an agent that is silent for longer than --ttl is let go, and begins anew, however rows arrive")
    void timeToLive() throws IOException {
        StreamFolder stream = new StreamFolder(folder, LEARNING);
        stream.arrive(row("a", 0, 1), row("b", 0, 1), row("a", 5, 1), row("b", 20, 1));
        stream.arrive(row("b", 40, 1), row("a", 95, 0), row("a", 100, 0), row("b", 60, 1), row("c", 80, 1));
        stream.arrive(row("b", 110, 1), row("b", 130, 0));
        stream.arrive(row("b", 400, 0), row("a", 3, 0));
        stream.arrive(row("b", 410, 0), row("a", 2, 0));
        Object[] options = {"--watermark", "15 seconds", "--ttl", "60 seconds"};
        assertEquals(0, stream.stream(options).status());
        JsonNode summary = stream.summary();
        assertEquals(stream.rows(), StreamFolder.accounted(summary));
        TreeSet<String> anew = new TreeSet<>();
        for (JsonNode row : stream.table("stream", "results")) {
            if (row.get("new").asBoolean()) {
                anew.add(row.get("agent_id").asText() + " "
                        + (Instant.parse(row.get("t").asText()).getEpochSecond() - START.getEpochSecond()));
            }
        }
        assertEquals(new TreeSet<>(List.of("a 0", "a 95", "b 0", "b 400", "c 80")), anew);
        assertEquals(2, summary.get("rows_late").asLong());
        assertEquals(4, summary.get("agents_evicted").asLong());
        assertEquals(1, summary.get("agents").asLong());
        // What each sequence had taught is what a batch over it alone learns.
        List<JsonNode> evicted = stream.table("stream", "evicted");
        assertEquals(4, evicted.size());
        stream.infer("first", List.of(row("a", 0, 1), row("a", 5, 1)));
        assertEquals(
                stream.table("first", "learned").get(0).get("pA"),
                evicted.get(0).get("pA"));
    }

    @Test
    @DisplayName("what agents of a population learned before they were let go is not lost")
    void population() throws IOException {
        String model = LEARNING.replace("0.9}", "0.9,\"scope\":\"population\"}");
        StreamFolder stream = new StreamFolder(folder, model);
        List<String> early = List.of(row("a", 0, 1), row("a", 5, 1), row("b", 7, 0));
        List<String> later = List.of(row("c", 400, 0), row("c", 420, 1));
        stream.arrive(early);
        stream.arrive(later);
        stream.arrive(row("c", 440, 1));
        assertEquals(
                0,
                stream.stream("--watermark", "5 seconds", "--ttl", "60 seconds").status());
        assertEquals(2, stream.summary().get("agents_evicted").asLong());
        List<String> all = new ArrayList<>(early);
        all.addAll(later);
        all.add(row("c", 440, 1));
        stream.infer("batch", all);
        assertEquals(stream.table("batch", "learned"), stream.table("stream", "learned"));
    }

    @Test
    @DisplayName("--watermark is refused where times are integers")
    void integers() throws IOException {
        StreamFolder stream = new StreamFolder(folder, LEARNING);
        stream.arrive("a,1,0");
        JobHarness.Ended refused = stream.stream("--watermark", "5 seconds");
        assertEquals(2, refused.status());
        assertEquals(
                "The times are integers, and --watermark needs timestamps",
                refused.err().strip());
    }
}
