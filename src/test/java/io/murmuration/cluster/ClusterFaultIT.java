package io.murmuration.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dcluster.long=true} ten kills each, as in {@code src/soak/cluster}. */
@DisplayName("Every task of a cluster ends once, whoever dies")
class ClusterFaultIT {
    private static final boolean LONG = Boolean.getBoolean("cluster.long");
    private static final Path HOME = Path.of("").toAbsolutePath();

    @TempDir
    Path folder;

    private String run(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(LONG ? 30 : 6, TimeUnit.MINUTES), () -> read(out) + read(err));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> read(out) + read(err));
        return read(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String soak(String what, int observations, int kills) throws IOException, InterruptedException {
        return run(
                Map.of(),
                List.of(
                        HOME.resolve("src/soak/cluster").toString(),
                        what,
                        Integer.toString(observations),
                        Integer.toString(kills),
                        folder.resolve("soak").toString()));
    }

    @Test
    void workersAreKilledWhileEightThreadsSubmit() throws IOException, InterruptedException {
        int observations = LONG ? 10_000 : 2_000;
        String out = soak("workers", observations, LONG ? 10 : 2);
        assertTrue(out.contains(observations + " ids with exactly one result, 0 differ from the batch"), out);
    }

    @Test
    void theDriverIsKilledAndGoesOnFromItsJournal() throws IOException, InterruptedException {
        int observations = LONG ? 10_000 : 1_000;
        String out = soak("driver", observations, LONG ? 10 : 2);
        assertTrue(
                out.contains("0 results differ from the batch; beliefs have seen " + observations + " of "
                        + observations + " observations"),
                out);
    }

    @Test
    void aTaskThatKillsItsWorkerFailsAloneAndWorkersComeAndGo() throws IOException, InterruptedException {
        Path model = Files.writeString(
                folder.resolve("model.json"),
                """
                {"kind": "discrete", "name": "device", "A": [[[0.9, 0.2], [0.1, 0.8]]],
                 "B": [[[[0.8], [0.3]], [[0.2], [0.7]]]], "D": [[0.5, 0.5]]}
                """);
        List<String> words = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "@" + HOME.resolve("conf/java-options"),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                String.join(
                        ":",
                        HOME.resolve("conf").toString(),
                        HOME.resolve("target/test-classes").toString(),
                        HOME.resolve("target/murmuration.jar").toString(),
                        HOME.resolve("target/spark/jars") + "/*"),
                WorkersApplication.class.getName(),
                model.toString(),
                folder.toString()));
        String out = run(
                Map.of(
                        "SPARK_HOME",
                        HOME.resolve("target/spark").toString(),
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        "127.0.0.1"),
                words);
        assertTrue(out.contains("completed: 16\n"), out);
        for (String which : List.of("first", "second")) {
            assertTrue(
                    out.contains(
                            which + ": Failed[reason=It failed 2 times when a worker did this task and no other: "),
                    out);
        }
        assertTrue(out.contains("added: 2\n"), out);
        assertTrue(
                out.contains("refused: Asked for 1 more workers than 2, expected at least 1 and at most 2 in all\n"),
                out);
        assertTrue(out.contains("refused: There is no active worker nobody, expected one of ["), out);
        assertTrue(out.contains("drained: Completed\n"), out);
        assertTrue(out.contains(" is the last one, expected another to be added before it leaves\n"), out);
    }
}
