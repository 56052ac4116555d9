package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.Tensor;
import java.util.Arrays;

/** What the engine needs of one modality's A, worked out once: floored values, logarithms, ambiguity and value of states. */
final class LikelihoodTable {
    private final int outcomes;
    private final Axes axes;
    private final boolean statesInfoGain;
    private final boolean paramInfoGain;
    /** [planning step][outcome]; empty where utility does not count. */
    private final double[][] preferences;

    /** [outcome][column]. */
    private final double[] probabilities;
    /** [outcome, and one more for a missing one][column]. */
    private final double[] floored;

    private final double[] logarithms;
    /** [planning step][column]: expected preference less ambiguity. */
    private final double[][] values;

    private double[] novelty = {};

    LikelihoodTable(DiscreteModel model, int modality, int[] statesOfFactor) {
        Tensor a = model.A().get(modality);
        outcomes = a.length(0);
        axes = new Axes(model.aDependencies().get(modality), statesOfFactor);
        statesInfoGain = model.terms().statesInfoGain();
        paramInfoGain = model.terms().paramInfoGain() && !model.counts().pA().isEmpty();
        preferences = preferences(model.C().get(modality), model.terms().utility());
        int columns = axes.columns();
        probabilities = new double[outcomes * columns];
        floored = new double[(outcomes + 1) * columns];
        logarithms = new double[(outcomes + 1) * columns];
        values = new double[Math.max(1, preferences.length)][columns];
        Arrays.fill(floored, outcomes * columns, floored.length, 1);
        setProbabilities(a.toArray());
        if (paramInfoGain) {
            novelty = Novelty.weights(model.counts().pA().get(modality).toArray(), outcomes);
        }
    }

    private static double[][] preferences(Tensor c, boolean utility) {
        if (!utility) {
            return new double[0][];
        }
        double[][] rows = new double[c.length(0)][c.length(1)];
        for (int step = 0; step < rows.length; step++) {
            for (int o = 0; o < rows[step].length; o++) {
                rows[step][o] = c.get(step * rows[step].length + o);
            }
        }
        return rows;
    }

    /** Takes other counts: their normalised values are the likelihood from now on. */
    void setCounts(double[] counts) {
        setProbabilities(Tensor.of(new int[] {outcomes, axes.columns()}, counts)
                .normalised()
                .toArray());
        if (paramInfoGain) {
            novelty = Novelty.weights(counts, outcomes);
        }
    }

    private void setProbabilities(double[] source) {
        int columns = axes.columns();
        System.arraycopy(source, 0, probabilities, 0, source.length);
        for (int i = 0; i < source.length; i++) {
            floored[i] = Math.max(source[i], Logarithm.FLOOR);
            logarithms[i] = Logarithm.of(floored[i]);
        }
        for (int j = 0; j < columns; j++) {
            double ambiguity = 0;
            if (statesInfoGain) {
                for (int o = 0; o < outcomes; o++) {
                    ambiguity -= Logarithm.entropyTerm(source[o * columns + j]);
                }
            }
            for (int step = 0; step < values.length; step++) {
                double value = -ambiguity;
                for (int o = 0; o < outcomes && preferences.length > 0; o++) {
                    value += source[o * columns + j] * preferences[step][o];
                }
                values[step][j] = value;
            }
        }
    }

    int outcomes() {
        return outcomes;
    }

    Axes axes() {
        return axes;
    }

    /** [outcome][column], plainly. */
    double[] probabilities() {
        return probabilities;
    }

    /** [outcome][column], floored; the row after the last outcome is 1 and stands for a missing one. */
    double[] floored() {
        return floored;
    }

    /** Logarithms of {@link #floored()}. */
    double[] logarithms() {
        return logarithms;
    }

    /** What a column is worth at a planning step: expected preference less ambiguity. */
    double[] values(int planningStep) {
        return values[Math.min(planningStep, values.length - 1)];
    }

    /** [outcome][column] weights of parameter information gain; empty where it does not count. */
    double[] novelty() {
        return novelty;
    }
}
