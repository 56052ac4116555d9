package io.murmuration.inference;

import java.util.List;

/** Predictions of every factor's next state under each of its actions. */
final class Prediction {
    private final List<TransitionTable> transitions;
    /** [factor][action · states + next state] rows. */
    private final double[][][] predicted;

    private final double[][] scratch;

    Prediction(DiscreteTables tables, int lanes) {
        transitions = tables.transitions();
        predicted = transitions.stream()
                .map(t -> Rows.of(t.actions() * t.states(), lanes))
                .toArray(double[][][]::new);
        scratch = Rows.of(tables.maxColumns(), lanes);
    }

    /** The rows that {@link #predict} writes. */
    double[][][] predicted() {
        return predicted;
    }

    void predict(double[][][] beliefs, int from, int to) {
        for (int f = 0; f < predicted.length; f++) {
            TransitionTable table = transitions.get(f);
            double[][] joint = table.axes().joint(beliefs, scratch, from, to);
            int columns = table.axes().columns();
            for (int row = 0; row < predicted[f].length; row++) {
                Rows.combine(table.probabilities(), row * columns, joint, columns, predicted[f][row], from, to);
            }
        }
    }
}
