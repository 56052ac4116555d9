package io.murmuration.jobs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs the same work on a number of threads at once. */
final class RunTogether {
    private RunTogether() {}

    /** Returns when all have ended; throws what the first one that failed threw, as a cause. */
    static void run(int threads, IntConsumer workOfThread) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CompletableFuture.allOf(IntStream.range(0, threads)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> workOfThread.accept(i), executor))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            executor.shutdownNow();
        }
    }
}
