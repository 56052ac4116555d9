package io.murmuration.inference;

import java.util.List;

/**
 * Exact assimilation of an observation into a belief over one set of states: the states of the only factor, or the
 * combinations of all factors' states.
 *
 * <p>It works on probabilities instead of logarithms and normalises after every modality: {@code F = −Σ log Z_m} is the
 * free energy at its minimum, with the same floors, for one logarithm a modality.
 */
final class Bayes {
    /**
     * An outcome that is more probable than this, given the outcomes of the modalities before it, is not impossible,
     * however improbable all of them together are.
     */
    private static final double NEVER_IMPOSSIBLE = 0x1p-30;

    private final List<LikelihoodTable> likelihoods;
    /** [modality][state] → column of the likelihood. */
    private final int[][] columns;

    private final int states;
    private final double[] sum;
    /** The probability of the outcomes so far. */
    private final double[] evidence;

    /**
     * @param axes whose columns are the states
     */
    Bayes(DiscreteTables tables, Axes axes, int lanes) {
        likelihoods = tables.likelihoods();
        states = axes.columns();
        columns = new int[likelihoods.size()][states];
        int[] combination = new int[tables.states().length];
        for (int s = 0; s < states; s++) {
            for (int k = 0; k < axes.dependencies(); k++) {
                combination[axes.factor(k)] = axes.state(k, s);
            }
            for (int m = 0; m < columns.length; m++) {
                columns[m][s] = likelihoods.get(m).axes().column(combination);
            }
        }
        sum = new double[lanes];
        evidence = new double[lanes];
    }

    /** Turns the prior in {@code belief} into the posterior. */
    void assimilate(double[][] belief, int[][] outcomes, double[] freeEnergy, double[] impossible, int from, int to) {
        double floorMass = states * Logarithm.FLOOR;
        Rows.fill(freeEnergy, 0, from, to);
        Rows.fill(impossible, 0, from, to);
        Rows.fill(evidence, 1, from, to);
        for (double[] row : belief) {
            for (int i = from; i < to; i++) {
                row[i] = Math.max(row[i], Logarithm.FLOOR);
            }
        }
        for (int m = 0; m < columns.length; m++) {
            double[] table = likelihoods.get(m).floored();
            int stride = likelihoods.get(m).axes().columns();
            int[] outcome = outcomes[m];
            for (int s = 0; s < states; s++) {
                double[] row = belief[s];
                int column = columns[m][s];
                for (int i = from; i < to; i++) {
                    row[i] *= table[outcome[i] * stride + column];
                }
            }
            Rows.normalise(belief, 0, states, sum, from, to);
            Rows.subtractLogarithm(sum, freeEnergy, from, to);
            for (int i = from; i < to; i++) {
                evidence[i] *= sum[i];
                if (evidence[i] <= floorMass && sum[i] <= NEVER_IMPOSSIBLE) {
                    impossible[i] = 1;
                }
            }
        }
    }
}
