package io.murmuration.inference;

import java.util.List;

/** Transition probabilities between combinations of all factors' states: the product over factors. */
final class JointTransition {
    private final List<TransitionTable> transitions;
    private final Axes axes;
    /** [factor][combination now] → column of the factor's table. */
    private final int[][] columns;

    JointTransition(DiscreteTables tables, Axes axes) {
        this.transitions = tables.transitions();
        this.axes = axes;
        columns = new int[transitions.size()][axes.columns()];
        int[] combination = new int[transitions.size()];
        for (int now = 0; now < axes.columns(); now++) {
            for (int f = 0; f < combination.length; f++) {
                combination[f] = axes.state(f, now);
            }
            for (int f = 0; f < combination.length; f++) {
                columns[f][now] = transitions.get(f).axes().column(combination);
            }
        }
    }

    double probability(int next, int now, int[] action) {
        double probability = 1;
        for (int f = 0; f < action.length; f++) {
            TransitionTable table = transitions.get(f);
            probability *= table.probabilities()[table.index(action[f], axes.state(f, next)) + columns[f][now]];
        }
        return probability;
    }
}
