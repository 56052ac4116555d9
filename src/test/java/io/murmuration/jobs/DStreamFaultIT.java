package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stream on DStreams loses nothing and doubles nothing when its driver is killed")
class DStreamFaultIT {
    /** Ten with {@code -Dstream.long=true}. */
    private static final int KILLS = Boolean.getBoolean("stream.long") ? 10 : 2;

    private static final int MILLIS = 1000;
    private static final int AGENTS = 100;
    private static final int STEPS = 5;

    @TempDir
    Path folder;

    private JobProcess running;

    @BeforeEach
    void aModel() throws IOException {
        Files.writeString(folder.resolve("model.json"), ArrivingFiles.MODEL);
    }

    @AfterEach
    void nothingIsLeftRunning() throws InterruptedException {
        if (running != null) {
            running.kill();
        }
    }

    private void start(String log) throws IOException {
        running = JobProcess.start(
                folder.resolve(log),
                "dstream",
                "--model",
                folder.resolve("model.json"),
                "--input",
                folder.resolve("arriving"),
                "--checkpoint",
                folder.resolve("checkpoint"),
                "--output",
                folder.resolve("killed"),
                "--format",
                "json",
                "--partitions",
                3,
                "--max-files-per-trigger",
                1,
                "--trigger",
                "200 milliseconds",
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false");
    }

    @Test
    void theDriverIsKilledAtRandomMoments() throws IOException, InterruptedException {
        LineFiles files = LineFiles.in(folder.resolve("arriving"), AGENTS, STEPS);
        Random random = new Random(13);
        int file = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // Some are there before it starts, one comes as it runs.
            files.arrive(file++);
            files.arrive(file++);
            start("kill-" + kill + ".log");
            assertTrue(running.awaitOutput("Batch " + (file - 2) + ": "), running::output);
            files.arrive(file++);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(MILLIS)));
            running.kill();
        }
        start("last.log");
        files.arrive(file++);
        assertTrue(running.awaitOutput("Batch " + (file - 1) + ": "), running::output);
        running.signal("TERM");
        assertEquals(0, running.await(), running::output);
        assertTrue(running.output().contains("stopped   by a signal, after batch " + (file - 1)), running::output);
        assertFalse(running.output().contains("\tat "), running::output);

        JobHarness.Ended ended = JobHarness.run(
                new InferJob(),
                "--model",
                folder.resolve("model.json"),
                "--input",
                folder.resolve("arriving"),
                "--output",
                folder.resolve("whole"),
                "--format",
                "json");
        assertEquals(0, ended.status(), ended.err());
        for (String table : List.of("results", "state", "learned")) {
            assertEquals(rows("whole", table), rows("killed", table), table);
        }
        for (int batch = 0; batch < file; batch++) {
            List<JsonNode> rows = JobHarness.rows(folder.resolve("killed/results/batch_id=" + batch));
            assertEquals(AGENTS * STEPS, rows.size());
            for (JsonNode row : rows) {
                assertEquals(batch, row.get("t").asInt() / STEPS);
            }
        }
        JsonNode summary =
                JobHarness.JSON.readTree(folder.resolve("killed/summary.json").toFile());
        assertEquals(AGENTS * STEPS * file, summary.get("rows_read").asInt());
        assertEquals(AGENTS * STEPS * file, summary.get("rows_written").asInt());
        assertEquals(AGENTS, summary.get("agents").asInt());
    }

    private Map<String, Long> rows(String name, String table) throws IOException {
        Map<String, Long> rows = new TreeMap<>();
        for (JsonNode row : JobHarness.rows(folder.resolve(name).resolve(table))) {
            rows.merge(row.toString(), 1L, Long::sum);
        }
        return rows;
    }
}
