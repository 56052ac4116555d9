package io.murmuration.jobs;

import java.util.Arrays;

/** Multiply-adds over an array that fits the fastest cache, for JVMs without the Vector API. */
final class ArrayMultiplyAdds implements MultiplyAdds {
    private static final int LENGTH = 256;
    private final double[] values = new double[LENGTH];

    @Override
    public double run(int turns) {
        Arrays.fill(values, 1);
        for (int turn = 0; turn < turns; turn++) {
            turn();
        }
        return Arrays.stream(values).sum();
    }

    /** Several in a row on each value, so that reading and writing it matters little. */
    private void turn() {
        for (int i = 0; i < LENGTH; i++) {
            double x = values[i];
            x = x * 0.5 + 0.25;
            x = x * 0.75 + 0.125;
            x = x * 0.5 + 0.25;
            x = x * 0.75 + 0.125;
            values[i] = x;
        }
    }

    @Override
    public int perTurn() {
        return 4 * LENGTH;
    }
}
