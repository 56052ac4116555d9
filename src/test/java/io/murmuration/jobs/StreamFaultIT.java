package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stream loses nothing and doubles nothing, whatever is killed")
class StreamFaultIT {
    /** Ten with {@code -Dstream.long=true}. */
    private static final int KILLS = Boolean.getBoolean("stream.long") ? 10 : 3;

    /** More than are done until the last kill, however fast the machine is. */
    private static final int FILES = 4 * KILLS + 2;
    /** A micro-batch takes about as long. */
    private static final int MILLIS = 1000;

    @TempDir
    static Path folder;

    @BeforeAll
    static void runUninterrupted() throws IOException {
        Files.writeString(folder.resolve("model.json"), ArrivingFiles.MODEL);
        new ArrivingFiles(folder.resolve("arriving"), 200, FILES).write();
        JobHarness.Ended ended = JobHarness.run(new StreamJob(), words("whole"));
        assertEquals(0, ended.status(), ended.err());
    }

    private static String[] words(String name, Object... more) {
        return JobHarness.streamWords(
                folder.resolve("model.json"),
                folder.resolve(name),
                "--input",
                folder.resolve("arriving"),
                "--partitions",
                3,
                "--watermark",
                "2 seconds",
                "--max-files-per-trigger",
                1,
                "--trigger",
                "available-now",
                more);
    }

    @Test
    void theDriverIsKilledAtRandomMoments() throws IOException, InterruptedException {
        Random random = new Random(11);
        for (int kill = 0; kill < KILLS; kill++) {
            JobProcess job = JobProcess.start(
                    folder.resolve("kill-" + kill + ".log"), "stream", words("killed", "--master", "local[2]"));
            // The first that this start does, whichever it is: what came after it before the kill, nobody knows.
            assertTrue(job.awaitOutput("StreamWatch: Batch "), job::output);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(MILLIS)));
            job.kill();
        }
        JobProcess.run(folder.resolve("last.log"), "stream", words("killed", "--master", "local[2]"));
        assertSameAsUninterrupted("killed");
    }

    @Test
    void anExecutorIsKilled() throws IOException, InterruptedException {
        JobProcess job = JobProcess.start(
                folder.resolve("executor.log"),
                "stream",
                words(
                        "executor",
                        "--master",
                        "local-cluster[2,1,512]",
                        "--conf",
                        "spark.executor.memory=512m",
                        "--conf",
                        // A process that is killed cannot clean up what it laid there.
                        "spark.executor.extraJavaOptions=-Djava.io.tmpdir=" + folder));
        assertTrue(job.awaitOutput("Batch 1: "), job::output);
        assertTrue(job.executors().get(0).destroyForcibly());
        assertEquals(0, job.await(), job::output);
        assertTrue(job.output().contains("Lost executor"), job::output);
        assertSameAsUninterrupted("executor");
    }

    private static void assertSameAsUninterrupted(String name) throws IOException {
        assertEquals(summary("whole"), summary(name));
        for (String table : List.of("results", "rejected", "late", "state", "learned")) {
            assertEquals(rows("whole", table), rows(name, table), table);
        }
    }

    private static Map<String, Long> rows(String name, String table) throws IOException {
        Map<String, Long> rows = new TreeMap<>();
        JobHarness.rows(folder.resolve(name).resolve("stream").resolve(table))
                .forEach(row -> rows.merge(row.toString(), 1L, Long::sum));
        return rows;
    }

    private static ObjectNode summary(String name) throws IOException {
        ObjectNode summary = (ObjectNode) JobHarness.JSON.readTree(
                folder.resolve(name).resolve("stream/summary.json").toFile());
        assertEquals(
                summary.get("rows_read").asLong(),
                Stream.of("rows_written", "rows_late", "rows_rejected", "duplicates", "rows_held")
                        .mapToLong(count -> summary.get(count).asLong())
                        .sum());
        // Micro-batches that bring no rows may come or not.
        return summary.remove(List.of("run", "batch"));
    }
}
