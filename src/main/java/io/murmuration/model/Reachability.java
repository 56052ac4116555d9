package io.murmuration.model;

import java.util.stream.IntStream;

/** Which states of each factor can ever be occupied: those with mass in D, and those that transitions lead into. */
final class Reachability {
    private final DiscreteModel model;
    private final TensorColumns[] columns;
    /** [factor][state]. */
    private final boolean[][] reachable;

    private Reachability(DiscreteModel model) {
        this.model = model;
        columns = model.bDependencies().stream()
                .map(dependencies -> TensorColumns.of(model, dependencies))
                .toArray(TensorColumns[]::new);
        reachable = new boolean[model.factors()][];
        for (int f = 0; f < reachable.length; f++) {
            Tensor d = model.D().get(f);
            reachable[f] = new boolean[d.size()];
            for (int s = 0; s < d.size(); s++) {
                reachable[f][s] = d.get(s) > 0;
            }
        }
    }

    /** {@code [factor][state]}. */
    static boolean[][] of(DiscreteModel model) {
        Reachability search = new Reachability(model);
        search.spread();
        return search.reachable;
    }

    private void spread() {
        boolean[][] done = new boolean[columns.length][];
        for (int f = 0; f < columns.length; f++) {
            done[f] = new boolean[columns[f].count()];
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int f = 0; f < columns.length; f++) {
                for (int j = 0; j < done[f].length; j++) {
                    if (!done[f][j] && columns[f].within(reachable, j)) {
                        done[f][j] = true;
                        changed = true;
                        follow(f, j);
                    }
                }
            }
        }
    }

    private void follow(int factor, int column) {
        Tensor b = model.B().get(factor);
        int actions = model.actions(factor);
        for (int s = 0; s < reachable[factor].length; s++) {
            int row = (s * columns[factor].count() + column) * actions;
            reachable[factor][s] |= IntStream.range(row, row + actions).anyMatch(i -> b.get(i) > 0);
        }
    }
}
