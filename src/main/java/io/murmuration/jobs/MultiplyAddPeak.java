package io.murmuration.jobs;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The most multiply-adds in double precision that this machine was seen to do. */
final class MultiplyAddPeak {
    private static final int TURNS = 200_000;
    private static final int ROUNDS = 200;

    private MultiplyAddPeak() {}

    /** Multiply-adds a second of a number of threads together. */
    static double perSecond(int threads) {
        double[] rates = new double[threads];
        RunTogether.run(threads, thread -> rates[thread] = best());
        return Arrays.stream(rates).sum();
    }

    /** The best of many short rounds, of which the first ones warm up. */
    private static double best() {
        MultiplyAdds work = MultiplyAdds.widest();
        return IntStream.range(0, ROUNDS).mapToDouble(round -> rate(work)).max().orElseThrow();
    }

    private static double rate(MultiplyAdds work) {
        long start = System.nanoTime();
        double result = work.run(TURNS);
        long nanos = System.nanoTime() - start;
        if (Double.isNaN(result)) {
            throw new IllegalStateException("Numbers between 0 and 1 became none");
        }
        return (double) TURNS * work.perTurn() / nanos * 1e9;
    }
}
