package io.murmuration.inference;

import java.util.List;

/**
 * The columns of a tensor that depends on several factors, flattened: column j stands for one combination of their
 * states, the last dependency varying fastest.
 */
final class Axes {
    private final int[] factors;
    private final int[] lengths;
    private final int columns;
    /** [dependency][column] → state of that dependency. */
    private final int[][] states;

    Axes(List<Integer> dependencies, int[] statesOfFactor) {
        factors = dependencies.stream().mapToInt(Integer::intValue).toArray();
        lengths = new int[factors.length];
        int product = 1;
        for (int k = 0; k < factors.length; k++) {
            lengths[k] = statesOfFactor[factors[k]];
            product = Math.multiplyExact(product, lengths[k]);
        }
        columns = product;
        states = new int[factors.length][columns];
        for (int j = 0; j < columns; j++) {
            int rest = j;
            for (int k = factors.length - 1; k >= 0; k--) {
                states[k][j] = rest % lengths[k];
                rest /= lengths[k];
            }
        }
    }

    int columns() {
        return columns;
    }

    int dependencies() {
        return factors.length;
    }

    /** The factor of a dependency. */
    int factor(int dependency) {
        return factors[dependency];
    }

    /** The state of a dependency in a column. */
    int state(int dependency, int column) {
        return states[dependency][column];
    }

    /** The column in which the factors are in the given states. */
    int column(int[] statesOfFactor) {
        int column = 0;
        for (int k = 0; k < factors.length; k++) {
            column = column * lengths[k] + statesOfFactor[factors[k]];
        }
        return column;
    }

    /**
     * The probabilities of the columns under independent beliefs about the factors: the beliefs themselves where there is
     * one dependency, else their products in {@code scratch}.
     */
    double[][] joint(double[][][] beliefs, double[][] scratch, int from, int to) {
        if (factors.length == 1) {
            return beliefs[factors[0]];
        }
        for (int j = 0; j < columns; j++) {
            double[] row = scratch[j];
            if (factors.length == 0) {
                Rows.fill(row, 1, from, to);
                continue;
            }
            Rows.copy(beliefs[factors[0]][states[0][j]], row, from, to);
            for (int k = 1; k < factors.length; k++) {
                Rows.multiply(beliefs[factors[k]][states[k][j]], row, from, to);
            }
        }
        return scratch;
    }
}
