package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.stream.RecordedCounts;
import io.murmuration.stream.StreamCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import sun.misc.Signal;

/** A stream that runs in this process for good, until it is asked to end as whoever operates it does. */
final class LiveStream implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    private final Path output;
    private final CompletableFuture<JobHarness.Ended> end;
    private final List<StreamCounts> seen = new ArrayList<>();

    private LiveStream(Path output, CompletableFuture<JobHarness.Ended> end) {
        this.output = output;
        this.end = end;
    }

    /** @param folder of its checkpoint and of its output, {@code stream} */
    static LiveStream start(Path folder, Object... words) {
        return new LiveStream(
                folder.resolve("stream"),
                CompletableFuture.supplyAsync(
                        () -> JobHarness.run(new StreamJob(), words), job -> new Thread(job, "live stream").start()));
    }

    /** Waits until so many rows have come, and says what had become of them then. */
    StreamCounts awaitRows(long read) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            StreamCounts counts = RecordedCounts.latest(output);
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(counts)) {
                seen.add(counts);
            }
            if (counts.read() >= read) {
                return counts;
            }
            assertFalse(end.isDone(), () -> end.join().err());
            assertTrue(System.nanoTime() < deadline, counts::toString);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** What its records told while somebody waited, in order. */
    List<StreamCounts> seen() {
        return List.copyOf(seen);
    }

    /** Ends it. */
    void stop() {
        close();
        JobHarness.Ended ended = end.join();
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.out().contains("stopped   by a signal, after batch "), ended.out());
    }

    @Override
    public void close() {
        // Rows are counted only while signals are listened to; else one would end this process.
        boolean listens = seen.stream().anyMatch(counts -> counts.read() > 0);
        if (listens && !end.isDone()) {
            Signal.raise(new Signal("TERM"));
            end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }
    }
}
