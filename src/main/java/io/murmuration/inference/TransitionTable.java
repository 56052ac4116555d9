package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.Tensor;

/** What the engine needs of one factor's B, laid out {@code [action][next state][column]}, so that an action is one matrix. */
final class TransitionTable {
    private final int states;
    private final int actions;
    private final Axes axes;
    private final boolean paramInfoGain;
    private final double[] probabilities;
    private double[] novelty = {};

    TransitionTable(DiscreteModel model, int factor, int[] statesOfFactor) {
        Tensor b = model.B().get(factor);
        states = model.states(factor);
        actions = model.actions(factor);
        axes = new Axes(model.bDependencies().get(factor), statesOfFactor);
        paramInfoGain = model.terms().paramInfoGain() && !model.counts().pB().isEmpty();
        probabilities = new double[b.size()];
        byAction(b.toArray(), probabilities);
        if (paramInfoGain) {
            setNovelty(model.counts().pB().get(factor).toArray());
        }
    }

    /** Takes other counts, {@code [next state][column][action]}: their normalised values are the transitions from now on. */
    void setCounts(double[] counts) {
        byAction(
                Tensor.of(new int[] {states, counts.length / states}, counts)
                        .normalised()
                        .toArray(),
                probabilities);
        if (paramInfoGain) {
            setNovelty(counts);
        }
    }

    private void setNovelty(double[] counts) {
        novelty = new double[counts.length];
        byAction(Novelty.weights(counts, states), novelty);
    }

    private void byAction(double[] source, double[] target) {
        int columns = axes.columns();
        for (int s = 0; s < states; s++) {
            for (int j = 0; j < columns; j++) {
                for (int u = 0; u < actions; u++) {
                    target[index(u, s) + j] = source[(s * columns + j) * actions + u];
                }
            }
        }
    }

    int states() {
        return states;
    }

    int actions() {
        return actions;
    }

    Axes axes() {
        return axes;
    }

    /** Index of column 0 for an action and a next state. */
    int index(int action, int next) {
        return (action * states + next) * axes.columns();
    }

    double[] probabilities() {
        return probabilities;
    }

    /** Weights of parameter information gain in the same layout; empty where it does not count. */
    double[] novelty() {
        return novelty;
    }
}
