package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.stream.StreamCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stream accounts for every row")
class StreamAccountingTest {
    private static final Instant START = Instant.parse("2026-11-25T09:00:00Z");
    private static final int FILES = 4;
    private static final int SECONDS_A_FILE = 20;

    @TempDir
    Path folder;

    private final Random random = new Random(17);

    private static String row(int agent, int second, int outcome) {
        return "agent-" + agent + "," + START.plusSeconds(second) + "," + outcome;
    }

    @Test
    @DisplayName(
            "after every micro-batch, shuffled, repeated, late and broken as they come, and infers as from ordered ones")
    void afterEveryMicroBatch() throws IOException {
        StreamFolder stream = new StreamFolder(folder, ArrivingFiles.MODEL);
        // Some seconds are missing, and are put in.
        Object[] options = {"--watermark", "15 seconds", "--step", "1 second"};
        List<String> ordered = new ArrayList<>();
        try (LiveStream live = LiveStream.start(folder, stream.words("--trigger", "100 milliseconds", options))) {
            for (int file = 0; file < FILES; file++) {
                List<String> good = good(file);
                ordered.addAll(good);
                stream.arrive(disturbed(file, good, ordered));
                StreamCounts counts = live.awaitRows(stream.rows());
                assertEquals(stream.rows(), counts.read());
                assertTrue(counts.held() > 0, counts::toString);
            }
            live.stop();
            for (StreamCounts counts : live.seen()) {
                assertEquals(counts.read(), accounted(counts), counts::toString);
            }
            assertEquals(
                    live.seen().stream()
                            .mapToLong(StreamCounts::read)
                            .sorted()
                            .boxed()
                            .toList(),
                    live.seen().stream().map(StreamCounts::read).toList());
        }
        assertEquals(stream.rows(), StreamFolder.accounted(stream.summary()));

        assertEquals(0, stream.stream(options).status());
        JsonNode summary = stream.summary();
        assertEquals(stream.rows(), summary.get("rows_read").asLong());
        assertEquals(stream.rows(), StreamFolder.accounted(summary));
        assertEquals(0, summary.get("rows_held").asLong());
        assertEquals(FILES - 2, summary.get("rows_late").asLong());
        assertEquals(3 * FILES - 1, summary.get("duplicates").asLong());
        assertEquals(
                Map.of("bad-time", FILES, "missing-agent", FILES, "outcome-out-of-range", FILES),
                JobHarness.JSON.convertValue(summary.get("rejected"), Map.class));
        assertTrue(summary.get("rows_inserted").asLong() > 0);
        assertEquals(
                stream.table("stream", "results").size(),
                summary.get("rows_written").asInt());
        assertEquals(FILES - 2, stream.table("stream", "late").size());
        assertEquals(3 * FILES, stream.table("stream", "rejected").size());

        assertEquals(0, stream.infer("batch", ordered, "--step", "1 second").status());
        assertEquals(stream.tables("batch"), stream.tables("stream"));
    }

    private List<String> good(int file) {
        List<String> rows = new ArrayList<>();
        for (int second = file * SECONDS_A_FILE; second < (file + 1) * SECONDS_A_FILE; second++) {
            for (int agent = 0; agent < 5; agent++) {
                if (random.nextInt(10) > 0) {
                    rows.add(row(agent, second, random.nextInt(2)));
                }
            }
        }
        return rows;
    }

    /** The rows of a file as they come. */
    private List<String> disturbed(int file, List<String> good, List<String> ordered) {
        List<String> rows = new ArrayList<>(good);
        rows.addAll(good.subList(0, 2));
        if (file > 0) {
            // Comes again a file later.
            rows.add(ordered.get(ordered.size() - good.size() - 1));
        }
        if (file > 1) {
            rows.add(row(0, file - 100, 1));
        }
        rows.add("agent-1,yesterday,1");
        rows.add("," + START.plusSeconds(file * SECONDS_A_FILE) + ",1");
        rows.add("agent-2," + START.plusSeconds(file * SECONDS_A_FILE).plusMillis(500) + ",7");
        Collections.shuffle(rows, random);
        return rows;
    }

    private static long accounted(StreamCounts counts) {
        return counts.written()
                - counts.inserted()
                + counts.late()
                + counts.rejected()
                + counts.duplicates()
                + counts.held();
    }
}
