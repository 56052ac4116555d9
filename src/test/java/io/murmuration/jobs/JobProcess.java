package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A job as a process of its own, started by its launcher as users do. */
final class JobProcess {
    private final Process process;
    private final Path log;

    private JobProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a job.
     *
     * @param log where its output goes
     */
    static JobProcess start(Path log, String job, Object... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        JobHarness.words(Path.of("jobs", job).toAbsolutePath(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        // The embedded Spark is what is tested.
        builder.environment().remove("SPARK_HOME");
        return new JobProcess(builder.start(), log);
    }

    /** Runs a job to its good end. */
    static void run(Path log, String job, Object... arguments) throws IOException, InterruptedException {
        assertEquals(0, start(log, job, arguments).await(), () -> read(log));
    }

    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks it to end, as whoever operates it does. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The JVMs of its executors. */
    List<ProcessHandle> executors() {
        return process.descendants()
                .filter(child -> child.info()
                        .commandLine()
                        .orElse("")
                        .contains("org.apache.spark.executor.CoarseGrainedExecutorBackend"))
                .toList();
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /**
     * Sends it a signal.
     *
     * @param name without SIG
     */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Waits for a text in its output; false if it ended without one. */
    boolean awaitOutput(String text) {
        while (!output().contains(text)) {
            if (!process.isAlive()) {
                return output().contains(text);
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    String output() {
        return read(log);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
