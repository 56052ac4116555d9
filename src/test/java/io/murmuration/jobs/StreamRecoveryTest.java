package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stream that was killed while it put a micro-batch in place")
class StreamRecoveryTest {
    @TempDir
    Path folder;

    @Test
    void goesOnFromEveryMomentAfterWhichItsBooksLackTheMicroBatchAndNoOther() throws IOException {
        Files.writeString(folder.resolve("model.json"), ArrivingFiles.MODEL);
        new ArrivingFiles(folder.resolve("arriving"), 10, 2).write();
        run();
        List<JsonNode> everything = everything();

        killedBefore("checkpoint/commits");
        run();
        assertEquals(everything, everything(), "killed before it was booked");

        killedBefore("checkpoint/commits");
        killedBefore("stream/results");
        run();
        assertEquals(everything, everything(), "killed before its results were in place");

        killedBefore("checkpoint/commits");
        killedBefore("stream/results");
        killedBefore("stream/.progress");
        run();
        assertEquals(everything, everything(), "killed before its rows were counted");

        killedBefore("checkpoint/commits");
        killedBefore("checkpoint/commits");
        JobHarness.Ended ended = stream();
        assertEquals(2, ended.status(), ended.err());
        assertTrue(ended.err().contains("expected both as the stream left them"), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ttl=1 microsecond", "--ttl=4 seconds --watermark=2 seconds --keep-held"})
    @DisplayName("lets go of the same idle agents when it does the micro-batch again, and gives the same rows")
    void idleAgents(String options) throws IOException {
        StreamFolder stream = new StreamFolder(folder, ArrivingFiles.MODEL);
        stream.arrive(row("a", 0), row("a", 1), row("b", 1), row("c", 2));
        stream.arrive(row("a", 20), row("b", 3), row("b", 21));
        stream.arrive(row("a", 40), row("a", 41), row("d", 41), row("a", 2));
        assertEquals(0, stream.stream((Object[]) options.split(" (?=--)")).status());
        List<JsonNode> everything = everything();

        long last = last("checkpoint/commits");
        assertTrue(Files.exists(folder.resolve("stream/evicted/batch_id=" + last)), "agents were let go");
        for (String inside : List.of("checkpoint/commits", "stream/.progress", "stream/results", "stream/evicted")) {
            remove(inside, last);
        }
        assertFalse(everything.equals(everything()));
        assertEquals(0, stream.stream((Object[]) options.split(" (?=--)")).status());
        assertEquals(last, last("checkpoint/commits"));
        assertEquals(everything, everything());
    }

    private static String row(String agent, int second) {
        return agent + "," + Instant.ofEpochSecond(1_700_000_000 + second) + ",1";
    }

    /** Removes what was last put into a folder. */
    private void killedBefore(String inside) throws IOException {
        remove(inside, last(inside));
    }

    /** The last micro-batch of which something is in a folder. */
    private long last(String inside) throws IOException {
        try (Stream<Path> names = Files.list(folder.resolve(inside))) {
            return names.map(path -> path.getFileName().toString().replaceAll("[^0-9]", ""))
                    .filter(number -> !number.isEmpty())
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElseThrow();
        }
    }

    /** Removes what was put into a folder by a micro-batch. */
    private void remove(String inside, long batch) throws IOException {
        try (Stream<Path> paths = Files.walk(folder.resolve(inside))) {
            for (Path path : paths.filter(path -> path.toString()
                            .substring(folder.resolve(inside).toString().length())
                            .matches("/[^0-9]*" + batch + "([^0-9].*)?"))
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(path);
            }
        }
    }

    private JobHarness.Ended stream() {
        return JobHarness.run(
                new StreamJob(),
                JobHarness.streamWords(
                        folder.resolve("model.json"),
                        folder,
                        "--input",
                        folder.resolve("arriving"),
                        "--watermark",
                        "2 seconds",
                        "--max-files-per-trigger",
                        1,
                        "--trigger",
                        "available-now"));
    }

    private void run() {
        JobHarness.Ended ended = stream();
        assertEquals(0, ended.status(), ended.err());
    }

    private List<JsonNode> everything() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String table : List.of("results", "rejected", "late", "evicted", "state", "learned")) {
            Path at = folder.resolve("stream").resolve(table);
            if (Files.exists(at)) {
                all.addAll(JobHarness.rows(at));
            }
        }
        all.sort(Comparator.comparing(JsonNode::toString));
        all.add(summary());
        return all;
    }

    private ObjectNode summary() throws IOException {
        ObjectNode summary = (ObjectNode)
                JobHarness.JSON.readTree(folder.resolve("stream/summary.json").toFile());
        return summary.remove(List.of("run"));
    }
}
