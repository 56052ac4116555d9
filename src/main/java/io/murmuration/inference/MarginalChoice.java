package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;

/** Choice factor by factor: from its first action marginalised over policies. */
final class MarginalChoice extends ActionChoice {
    /** [factor][action] rows. */
    private final double[][][] marginals;

    /** Of the actions of one factor: {@code log p}, and per lane what their softmax takes. */
    private final double[][] logarithms;

    private final double[] greatest;
    private final double[] weight;
    private final double[] total;
    private final double[] minusLogTotal;
    private final double[] nothing;

    MarginalChoice(DiscreteModel model, int lanes, long seed) {
        super(model, lanes, seed);
        marginals = new double[model.factors()][][];
        int mostActions = 0;
        for (int f = 0; f < marginals.length; f++) {
            marginals[f] = Rows.of(model.actions(f), lanes);
            mostActions = Math.max(mostActions, model.actions(f));
        }
        logarithms = Rows.of(mostActions, lanes);
        greatest = new double[lanes];
        weight = new double[lanes];
        total = new double[lanes];
        minusLogTotal = new double[lanes];
        nothing = new double[lanes];
    }

    @Override
    void choose(
            double[][] posterior,
            long[] keys,
            ObservationBlock observations,
            int step,
            int firstLane,
            int from,
            int to) {
        for (int f = 0; f < marginals.length; f++) {
            for (double[] row : marginals[f]) {
                Rows.fill(row, 0, from, to);
            }
            for (int p = 0; p < posterior.length; p++) {
                Rows.addScaled(1, posterior[p], marginals[f][model.policies().action(p, 0, f)], from, to);
            }
            for (int i = from; i < to; i++) {
                long time = observations.time(step, firstLane + i);
                chosen()[f][i] = selection.select(marginals[f], marginals[f].length, i, keys[i], time, f);
            }
        }
    }

    @Override
    void logProbability(
            double[][] posterior,
            ObservationBlock observations,
            int step,
            int firstLane,
            double[] target,
            int from,
            int to) {
        Rows.fill(target, Double.NaN, from, to);
        for (int f = 0; f < marginals.length; f++) {
            if (anyRecorded(observations, step, f, firstLane, from, to)) {
                weighActions(marginals[f], from, to);
                addRecorded(observations, step, f, firstLane, target, from, to);
            }
        }
    }

    private static boolean anyRecorded(
            ObservationBlock observations, int step, int factor, int firstLane, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(observations.action(step, factor, firstLane + i))) {
                return true;
            }
        }
        return false;
    }

    /** The logarithms of a factor's actions, the greatest of each lane, and of the sum of their weights. */
    private void weighActions(double[][] probabilities, int from, int to) {
        Rows.fill(greatest, Double.NEGATIVE_INFINITY, from, to);
        for (int u = 0; u < probabilities.length; u++) {
            double[] log = logarithms[u];
            Rows.flooredLogarithm(probabilities[u], log, from, to);
            for (int i = from; i < to; i++) {
                greatest[i] = Math.max(greatest[i], log[i]);
            }
        }
        Rows.fill(total, 0, from, to);
        for (int u = 0; u < probabilities.length; u++) {
            for (int i = from; i < to; i++) {
                weight[i] = alpha * (logarithms[u][i] - greatest[i]);
            }
            Rows.exponential(weight, nothing, from, to);
            Rows.addScaled(1, weight, total, from, to);
        }
        Rows.fill(minusLogTotal, 0, from, to);
        Rows.subtractLogarithm(total, minusLogTotal, from, to);
    }

    private void addRecorded(
            ObservationBlock observations, int step, int factor, int firstLane, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            double recorded = observations.action(step, factor, firstLane + i);
            if (!Double.isNaN(recorded)) {
                double log = alpha * (logarithms[(int) recorded][i] - greatest[i]) + minusLogTotal[i];
                target[i] = Double.isNaN(target[i]) ? log : target[i] + log;
            }
        }
    }
}
