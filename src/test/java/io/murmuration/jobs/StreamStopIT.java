package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stream that runs for good is watched, and ends when it is asked to")
class StreamStopIT {
    private static final int AGENTS = 100;
    private static final String EVERY_SECOND = "1 second";

    @TempDir
    Path folder;

    private final List<JobProcess> started = new ArrayList<>();
    private ArrivingFiles files;

    @BeforeEach
    void aFileIsThere() throws IOException {
        Files.writeString(folder.resolve("model.json"), ArrivingFiles.MODEL);
        files = new ArrivingFiles(folder.resolve("arriving"), AGENTS, 0);
        files.write(0);
    }

    @AfterEach
    void nothingIsLeftRunning() throws InterruptedException {
        for (JobProcess job : started) {
            job.kill();
        }
    }

    private JobProcess start(String log, String trigger, Object... more) throws IOException {
        JobProcess job = JobProcess.start(
                folder.resolve(log),
                "stream",
                JobHarness.streamWords(
                        folder.resolve("model.json"),
                        folder,
                        "--input",
                        folder.resolve("arriving"),
                        "--partitions",
                        2,
                        "--master",
                        "local[2]",
                        "--trigger",
                        trigger,
                        // Spark says a little sooner that nothing comes.
                        "--conf",
                        "spark.sql.streaming.noDataProgressEventInterval=500"),
                more);
        started.add(job);
        return job;
    }

    @Test
    void oneOfTwoOnTheSameCheckpointEndsAndTheOtherGoesOnUntilItIsStopped() throws IOException, InterruptedException {
        int port = freePort();
        JobProcess first = start("first.log", EVERY_SECOND, "--conf", "spark.ui.port=" + port);
        assertTrue(first.awaitOutput("waiting for more"), first::output);
        assertTrue(first.output().contains("Batch 0: "), first::output);
        assertMetricsAreShown(port);

        JobProcess second = start("second.log", EVERY_SECOND, "--conf", "spark.ui.enabled=false");
        assertTrue(second.awaitOutput("waiting for more"), second::output);
        files.write(1);
        while (first.isAlive() && second.isAlive()) {
            LockSupport.parkNanos(50_000_000);
        }
        JobProcess loser = first.isAlive() ? second : first;
        JobProcess winner = first.isAlive() ? first : second;
        assertEquals(2, loser.await(), loser::output);
        assertTrue(loser.output().contains("Another process runs the stream of the checkpoint "), loser::output);
        assertFalse(loser.output().contains("\tat "), loser::output);

        assertTrue(winner.awaitOutput("Batch 1: "), winner::output);
        winner.signal("TERM");
        assertEquals(0, winner.await(), winner::output);
        assertTrue(winner.output().contains("stopped   by a signal, after batch 1"), winner::output);
        assertEverythingIsThere(2);
    }

    @Test
    void theFirstMicroBatchIsFinishedBeforeItEnds() throws IOException, InterruptedException {
        JobProcess job = start("job.log", EVERY_SECOND);
        awaitWork(job);
        // Not SIGINT, which whoever starts the tests in the background may have them ignore.
        job.signal("TERM");
        assertEquals(0, job.await(), job::output);
        assertTrue(job.output().contains("stopped   by a signal, after batch 0"), job::output);
        assertEverythingIsThere(1);
    }

    @Test
    void aSecondSignalEndsItAtOnceAndTheNextStartGoesOn() throws IOException, InterruptedException {
        JobProcess job = start("job.log", EVERY_SECOND);
        awaitWork(job);
        job.signal("TERM");
        assertTrue(job.awaitOutput("Received SIGTERM"), job::output);
        job.signal("TERM");
        assertNotEquals(0, job.await(), job::output);
        assertFalse(job.output().contains("stopped   "), job::output);

        JobProcess again = start("again.log", "available-now");
        assertEquals(0, again.await(), again::output);
        assertEverythingIsThere(1);
    }

    /** Waits until the first micro-batch is at work, or done where it was too fast to be seen. */
    private void awaitWork(JobProcess job) throws IOException {
        while (!writes() && !Files.exists(folder.resolve("stream/results/batch_id=0"))) {
            assertTrue(job.isAlive(), job::output);
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Whether a task of it writes. */
    private boolean writes() throws IOException {
        if (!Files.isDirectory(folder.resolve("stream"))) {
            return false;
        }
        try (Stream<Path> inside = Files.walk(folder.resolve("stream"), 2)) {
            return inside.anyMatch(path -> path.getFileName().toString().startsWith("attempt-"));
        } catch (UncheckedIOException e) {
            // What was there a moment ago was put in place.
            return false;
        }
    }

    private void assertEverythingIsThere(int fileCount) throws IOException {
        JsonNode summary =
                JobHarness.JSON.readTree(folder.resolve("stream/summary.json").toFile());
        List<JsonNode> results = JobHarness.rows(folder.resolve("stream/results"));
        assertEquals(
                // And the first of the rows that come too late, which is early enough for an agent that has seen
                // nothing.
                (long) fileCount * AGENTS * 5 + 1,
                results.stream()
                        .map(row -> row.get("agent_id").asText() + row.get("t").asText())
                        .distinct()
                        .count());
        assertEquals(results.size(), summary.get("rows_written").asInt());
        assertEquals(AGENTS, summary.get("agents").asInt());
        assertEquals(AGENTS, JobHarness.rows(folder.resolve("stream/state")).size());
        assertEquals(AGENTS, JobHarness.rows(folder.resolve("stream/learned")).size());
        assertTrue(Files.readString(folder.resolve("stream/report.html")).contains("What became of all rows"));
        assertTrue(summary.at("/run/latency_seconds/p99").asDouble() > 0, summary::toString);
        assertTrue(summary.at("/run/latency_seconds/p99").asDouble() < 120, summary::toString);
    }

    private static void assertMetricsAreShown(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics/prometheus/"))
                .build();
        String metrics = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        for (String name : List.of("inputRowsPerSecond", "latency_p99Seconds", "backlog", "state_rows", "rows_held")) {
            assertTrue(metrics.contains("driver_stream_" + name), () -> name + " is not in " + metrics);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
