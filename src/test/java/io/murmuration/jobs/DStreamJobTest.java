package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stream on DStreams")
class DStreamJobTest {
    private static final String DISCRETE =
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2],[0.1,0.8]]],\"B\":[[[[0.8,0.1],[0.3,0.5]],[[0.2,0.9],[0.7,0.5]]]],"
                    + "\"D\":[[0.5,0.5]],\"C\":[[1,0]],\"action_selection\":\"stochastic\"}";
    private static final String LEARNING = ArrivingFiles.MODEL;
    private static final String POPULATION = LEARNING.replace("\"agent\"", "\"population\"");
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    private LineFiles files;

    @BeforeEach
    void aFolder() throws IOException {
        files = LineFiles.in(folder.resolve("arriving"), 17, 4);
        model(LEARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {DISCRETE, LEARNING, "population"})
    void givesWhatABatchGivesBitByBit(String model) throws IOException {
        model(model.equals("population") ? POPULATION : model);
        for (int file = 0; file < 4; file++) {
            files.arrive(file);
        }
        JobHarness.Ended ended = streamUntil(4);
        assertTrue(ended.out().contains("read      272 rows of 17 agents"), ended.out());
        assertTrue(ended.out().contains("stopped   by a signal, after batch 3"), ended.out());
        assertEquals(batch(), tables("stream"));
        assertEquals(4, batches(), "a folder a micro-batch");
    }

    @Test
    void goesOnWhereItStoodWhenItIsStartedAgain() throws IOException {
        files.arrive(0);
        files.arrive(1);
        streamUntil(2);
        files.arrive(2);
        // Came while nobody looked, and is older than those that were taken.
        files.arrive(-1, List.of(LineFiles.line("another", 5, "1")));
        streamUntil(4);
        streamUntil(4);
        files.arrive(3);
        streamUntil(5);
        assertEquals(batch(), tables("stream"));
        assertEquals(5, batches());
        JsonNode summary =
                JobHarness.JSON.readTree(folder.resolve("stream/summary.json").toFile());
        assertEquals("dstream", summary.get("job").asText());
        assertEquals(17 * 16 + 1, summary.get("rows_read").asInt());
        assertEquals(18, summary.get("agents").asInt());
        assertEquals(17 * 4, summary.at("/run/rows_read").asInt());
    }

    @Test
    void goesOnWithoutFilesWhoseMicroBatchIsLongPast() throws IOException {
        files.arrive(0);
        DStreamJob job = new DStreamJob();
        CompletableFuture<JobHarness.Ended> running = start(job, "100 milliseconds");
        await(running, folder.resolve("checkpoint/commits/0"));
        long first = Collections.min(checkpoints());
        // More micro-batches than Spark keeps states or checkpoints of.
        while (!running.isDone() && Collections.max(checkpoints()) < first + 4000) {
            LockSupport.parkNanos(5_000_000);
        }
        files.arrive(1);
        await(running, folder.resolve("checkpoint/commits/1"));
        while (!running.isDone() && Collections.min(checkpoints()) < first + 7000) {
            LockSupport.parkNanos(5_000_000);
        }
        end(job, running);
        Path away = Files.createDirectory(folder.resolve("away"));
        files.move(0, away);
        files.move(1, away);
        files.arrive(2);
        job = new DStreamJob();
        running = start(job, "100 milliseconds");
        await(running, folder.resolve("checkpoint/commits/2"));
        end(job, running);
        LineFiles.in(away, 17, 4).arrive(2);
        assertEquals(batch(away), tables("stream"));
    }

    @Test
    void linesThatAreNoObservationsAndRowsThatAreLateAreToldAndNothingElseIsLost() throws IOException {
        files.arrive(0);
        files.arrive(
                1, List.of("no JSON at all", LineFiles.line("agent-0", -3, "1"), LineFiles.line("agent-0", 3, "7")));
        files.arrive(2);
        streamUntil(3);
        JsonNode summary =
                JobHarness.JSON.readTree(folder.resolve("stream/summary.json").toFile());
        assertEquals(17 * 8 + 3, summary.get("rows_read").asInt());
        assertEquals(17 * 8 + 3, StreamFolder.accounted(summary));
        assertEquals(1, summary.at("/rejected/malformed-row").asInt(), summary::toString);
        assertEquals(
                summary.get("rows_late").asInt(),
                JobHarness.rows(folder.resolve("stream/late")).size());
    }

    @Test
    void refusesInASentenceWhatItCannotGoOnWith() throws IOException {
        files.arrive(0);
        streamUntil(1);
        assertRefused("The stream was begun with --seed 0, which it keeps for good, but it is now 5", "--seed", 5);
        assertRefused("The stream was begun with --partitions 2,", "--partitions", 3);
        assertRefused("by DStreams every 200 ms, which it keeps for good", "--trigger", "1 second");
        model(DISCRETE);
        assertRefused("The stream was begun with other models than those of --model,");
        model(LEARNING);
        Files.move(folder.resolve("checkpoint/spark"), folder.resolve("away"));
        assertRefused("but micro-batches were done: expected the checkpoint as the stream left it");
        Files.move(folder.resolve("checkpoint"), folder.resolve("elsewhere"));
        assertRefused("do not belong together");
        Files.move(folder.resolve("away"), folder.resolve("elsewhere/spark"));
        assertRefused("has been moved", "--checkpoint", folder.resolve("elsewhere"));
        assertRefused("There is no folder at ", "--input", folder.resolve("nowhere"));
        assertRefused("--trigger is 0 seconds, expected at least 100 milliseconds", "--trigger", "0 seconds");
    }

    private void assertRefused(String why, Object... options) {
        JobHarness.Ended ended = JobHarness.run(new DStreamJob(), words("200 milliseconds", options));
        assertEquals(2, ended.status(), ended.err());
        assertTrue(ended.err().contains(why), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
    }

    private void model(String json) throws IOException {
        Files.writeString(folder.resolve("model.json"), json);
    }

    private Object[] words(String trigger, Object... options) {
        List<Object> words = new ArrayList<>(List.of(
                "--model",
                folder.resolve("model.json"),
                "--output",
                folder.resolve("stream"),
                "--format",
                "json",
                "--max-files-per-trigger",
                1));
        List<Object> defaults = List.of(
                "--input",
                folder.resolve("arriving"),
                "--checkpoint",
                folder.resolve("checkpoint"),
                "--partitions",
                2,
                "--trigger",
                trigger);
        for (int i = 0; i < defaults.size(); i += 2) {
            if (!List.of(options).contains(defaults.get(i))) {
                words.addAll(defaults.subList(i, i + 2));
            }
        }
        words.addAll(List.of(options));
        return words.toArray();
    }

    private CompletableFuture<JobHarness.Ended> start(DStreamJob job, String trigger) {
        return CompletableFuture.supplyAsync(() -> JobHarness.run(job, words(trigger)));
    }

    /** Runs the stream until so many micro-batches are done since it was begun, and stops it. */
    private JobHarness.Ended streamUntil(int batches) {
        DStreamJob job = new DStreamJob();
        CompletableFuture<JobHarness.Ended> running = start(job, "200 milliseconds");
        await(running, folder.resolve("checkpoint/commits/" + (batches - 1)));
        return end(job, running);
    }

    private static JobHarness.Ended end(DStreamJob job, CompletableFuture<JobHarness.Ended> running) {
        try {
            job.stop().request();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        JobHarness.Ended ended =
                running.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        assertEquals(0, ended.status(), ended.err());
        return ended;
    }

    private static void await(CompletableFuture<JobHarness.Ended> running, Path there) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(there) && !running.isDone()) {
            assertTrue(System.nanoTime() < until, () -> there + " does not come");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private List<List<JsonNode>> batch() throws IOException {
        return batch(folder.resolve("arriving"));
    }

    private List<List<JsonNode>> batch(Path input) throws IOException {
        JobHarness.Ended ended = JobHarness.run(
                new InferJob(),
                "--model",
                folder.resolve("model.json"),
                "--input",
                input,
                "--output",
                folder.resolve("batch"),
                "--format",
                "json",
                "--overwrite");
        assertEquals(0, ended.status(), ended.err());
        return tables("batch");
    }

    private List<List<JsonNode>> tables(String run) throws IOException {
        List<List<JsonNode>> tables = new ArrayList<>();
        for (String table : List.of("results", "state", "learned")) {
            Path at = folder.resolve(run).resolve(table);
            tables.add(Files.exists(at) ? JobHarness.rows(at) : List.of());
        }
        return tables;
    }

    /** The times of Spark's checkpoints. */
    private List<Long> checkpoints() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("checkpoint/spark"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("checkpoint-[0-9]+"))
                    .map(name -> Long.valueOf(name.substring(name.indexOf('-') + 1)))
                    .toList();
        }
    }

    private long batches() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("stream/results"))) {
            return folders.count();
        }
    }
}
