package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Results are the same bits on every cluster, also when an executor dies")
class ClusterIT {
    private static final int AGENTS = 1500;
    private static final int STEPS = 40;
    private static final String CLUSTER = "local-cluster[2,1,1024]";

    @TempDir
    static Path folder;

    @BeforeAll
    static void simulateAndInferOnOneCore() throws IOException, InterruptedException {
        JobProcess.run(
                folder.resolve("simulate.log"),
                "simulate",
                "--environment",
                "bandit",
                "--agents",
                AGENTS,
                "--steps",
                STEPS,
                "--output",
                folder.resolve("world"));
        JobProcess.run(folder.resolve("one.log"), "infer", words("one", "local[1]", "--partitions", 1));
    }

    private static Object[] words(String output, String master, Object... options) {
        return Stream.concat(
                        Stream.of(
                                "--model",
                                folder.resolve("world/model.json"),
                                "--input",
                                folder.resolve("world/observations"),
                                "--output",
                                folder.resolve(output),
                                "--master",
                                master),
                        Stream.of(options))
                .toArray();
    }

    @Test
    void onTwoCores() throws IOException, InterruptedException {
        JobProcess.run(
                folder.resolve("two.log"), "infer", words("two", "local[2]", "--partitions", 7, "--block-size", 1000));
        assertSame("one", "two");
    }

    @Test
    void onAClusterWhoseExecutorIsKilledInTheMiddle() throws IOException, InterruptedException {
        JobProcess job = JobProcess.start(
                folder.resolve("killed.log"),
                "infer",
                words(
                        "killed",
                        CLUSTER,
                        "--partitions",
                        24,
                        "--conf",
                        // A process that is killed cannot clean up what it laid there.
                        "spark.executor.extraJavaOptions=-Djava.io.tmpdir=" + folder));
        awaitTasksUnderWay(job, folder.resolve("killed"));
        ProcessHandle victim = job.executors().get(0);
        assertTrue(victim.destroyForcibly());
        assertEquals(0, job.await(), job::output);
        assertTrue(job.output().contains("Lost executor"), job::output);
        assertSame("one", "killed");
    }

    /** Waits until executors are writing: until folders of attempts have appeared. */
    private static void awaitTasksUnderWay(JobProcess job, Path output) throws IOException {
        while (attempts(output) < 4) {
            assertTrue(job.isAlive(), job::output);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static long attempts(Path output) throws IOException {
        if (!Files.isDirectory(output)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(output, 2)) {
            return files.filter(file -> file.getFileName().toString().startsWith("attempt-"))
                    .count();
        }
    }

    private void assertSame(String expected, String actual) throws IOException {
        for (String table : new String[] {"results", "state"}) {
            Dataset<Row> one = table(expected, table);
            Dataset<Row> other = table(actual, table);
            assertEquals(one.count(), other.count(), table);
            assertEquals(0, one.exceptAll(other).count(), table);
        }
        assertEquals((long) AGENTS * STEPS, table(actual, "results").count());
        assertEquals(summary(expected), summary(actual));
    }

    private Dataset<Row> table(String output, String table) {
        return JobHarness.spark()
                .read()
                .parquet(folder.resolve(output).resolve(table).toString());
    }

    private ObjectNode summary(String output) throws IOException {
        ObjectNode summary = (ObjectNode) JobHarness.JSON.readTree(
                folder.resolve(output).resolve("summary.json").toFile());
        return summary.remove(List.of("run"));
    }
}
