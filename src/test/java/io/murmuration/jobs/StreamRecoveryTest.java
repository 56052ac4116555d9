package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** Removes what was last put into a folder. */
    private void killedBefore(String inside) throws IOException {
        long last;
        try (Stream<Path> names = Files.list(folder.resolve(inside))) {
            last = names.map(path -> path.getFileName().toString().replaceAll("[^0-9]", ""))
                    .filter(number -> !number.isEmpty())
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElseThrow();
        }
        try (Stream<Path> paths = Files.walk(folder.resolve(inside))) {
            for (Path path : paths.filter(path -> path.toString()
                            .substring(folder.resolve(inside).toString().length())
                            .matches("/[^0-9]*" + last + "([^0-9].*)?"))
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
        for (String table : List.of("results", "rejected", "late", "state", "learned")) {
            all.addAll(JobHarness.rows(folder.resolve("stream").resolve(table)));
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
