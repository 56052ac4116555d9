package io.murmuration.cluster.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@DisplayName("A journal on a disk that is full refuses, and goes on when there is place again")
class FullDiskTest {
    private static final ModelReference MODEL = new ModelReference("m", "0".repeat(64));

    @TempDir
    Path disk;

    private boolean mounted;

    /** A disk of its own, which only root can make. */
    @BeforeEach
    void mount() throws IOException, InterruptedException {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        assumeTrue(mounted, "A small disk can be mounted by root only: nothing was tested");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            assertTrue(run("umount", disk.toString()));
        }
    }

    private static boolean run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static AcceptedTask task(long number) {
        return new AcceptedTask(
                number, InferenceRequest.of("agent-" + number, Observation.ofOutcomes(0), MODEL), false, Instant.EPOCH);
    }

    @Test
    void nothingThatWasAcceptedIsLost() throws IOException, JournalException {
        Path folder = disk.resolve("journal");
        Path filler = disk.resolve("filler");
        long accepted = 0;
        try (TaskJournal journal = TaskJournal.durable(folder, 0)) {
            fill(filler);
            String refusal = "";
            while (refusal.isEmpty()) {
                try {
                    journal.accept(List.of(task(accepted + 1)));
                    accepted++;
                } catch (JournalException e) {
                    refusal = e.getMessage();
                }
            }
            assertTrue(refusal.startsWith("The journal " + folder + " cannot be read or written: "), refusal);
            assertTrue(refusal.endsWith("No space left on device"), refusal);
            Files.delete(filler);
            boolean goesOn = false;
            while (!goesOn) {
                try {
                    journal.accept(List.of(task(accepted + 1)));
                    accepted++;
                    goesOn = true;
                } catch (JournalException e) {
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
        try (TaskJournal journal = TaskJournal.durable(folder, 0)) {
            List<AcceptedTask> waiting = journal.recover().waiting();
            assertEquals(accepted, waiting.size());
            assertEquals(accepted, waiting.get(waiting.size() - 1).number());
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] bytes = new byte[1 << 16];
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space left"), e.getMessage());
        }
    }
}
