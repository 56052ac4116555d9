package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stream that runs for good is watched, and ends when it is asked to")
class StreamStopIT {
    private static final int AGENTS = 100;

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

    private JobProcess start(String log, Object... more) throws IOException {
        JobProcess job = JobProcess.start(
                folder.resolve(log),
                "stream",
                words("1 second"),
                "--master",
                "local[2]",
                // Spark says a little sooner that nothing comes.
                "--conf",
                "spark.sql.streaming.noDataProgressEventInterval=500",
                more);
        started.add(job);
        return job;
    }

    private String[] words(String trigger) {
        return JobHarness.streamWords(
                folder.resolve("model.json"),
                folder,
                "--input",
                folder.resolve("arriving"),
                "--partitions",
                2,
                "--trigger",
                trigger);
    }

    /** The next start does all that is there. */
    private JobHarness.Ended goOn() {
        JobHarness.Ended ended = JobHarness.run(new StreamJob(), (Object[]) words("available-now"));
        assertEquals(0, ended.status(), ended.err());
        return ended;
    }

    @Test
    void oneOfTwoOnTheSameCheckpointEndsAndTheOtherGoesOnUntilItIsStopped() throws IOException, InterruptedException {
        int port = freePort();
        JobProcess first = start("first.log", "--conf", "spark.ui.port=" + port);
        assertTrue(first.awaitOutput("waiting for more"), first::output);
        assertTrue(first.output().contains("Batch 0: "), first::output);
        assertMetricsAreShown(port);

        JobProcess second = start("second.log", "--conf", "spark.ui.enabled=false");
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

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void theFirstMicroBatchIsFinishedBeforeItEndsAndTheNextStartGoesOn(String signal)
            throws IOException, InterruptedException {
        assumeFalse(signal.equals("INT") && interruptsAreIgnored(), "what is started here ignores SIGINT");
        JobProcess job = start("job.log");
        awaitWork(job);
        job.signal(signal);
        assertEquals(0, job.await(), job::output);
        assertTrue(job.output().contains("Received SIG" + signal), job::output);
        assertTrue(job.output().contains("stopped   by a signal, after batch 0"), job::output);
        assertEverythingIsThere(1);

        files.write(1);
        JobHarness.Ended ended = goOn();
        assertTrue(ended.out().contains("stopped   all done, after batch 1"), ended.out());
        assertEverythingIsThere(2);
    }

    /** Whoever starts the tests in the background has them ignore SIGINT, and what they start with them. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        long interrupt = 1 << 1;
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & interrupt) != 0);
    }

    @Test
    void aSecondSignalEndsItAtOnceAndTheNextStartGoesOn() throws IOException, InterruptedException {
        JobProcess job = start("job.log");
        awaitWork(job);
        job.signal("TERM");
        assertTrue(job.awaitOutput("Received SIGTERM"), job::output);
        job.signal("TERM");
        assertNotEquals(0, job.await(), job::output);
        assertFalse(job.output().contains("stopped   "), job::output);

        goOn();
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
