package io.murmuration.model;

import java.util.List;

/** Which states of its dependencies a column of a tensor stands for, the last dependency varying fastest. */
record TensorColumns(List<Integer> dependencies, int[] lengths, int count) {

    static TensorColumns of(DiscreteModel model, List<Integer> dependencies) {
        int[] lengths = dependencies.stream().mapToInt(model::states).toArray();
        int count = 1;
        for (int length : lengths) {
            count = Math.multiplyExact(count, length);
        }
        return new TensorColumns(dependencies, lengths, count);
    }

    /** The state of a dependency, by its place in the list, in a column. */
    int state(int dependency, int column) {
        int rest = column;
        for (int k = lengths.length - 1; k > dependency; k--) {
            rest /= lengths[k];
        }
        return rest % lengths[dependency];
    }

    /** Whether all dependencies are in states of the given sets, {@code [factor][state]}. */
    boolean within(boolean[][] sets, int column) {
        for (int k = 0; k < lengths.length; k++) {
            if (!sets[dependencies.get(k)][state(k, column)]) {
                return false;
            }
        }
        return true;
    }
}
