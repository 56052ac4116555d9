package io.murmuration.inference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fixed-point iteration of the mean-field posterior over several factors: {@code log q_f ← Σ_m E_{q∖f}[log A_m[o_m]] +
 * log prior_f}, all factors at once, from uniform beliefs (Da Costa et al. 2020, eq. 9; pymdp's {@code
 * run_vanilla_fpi}).
 */
final class FixedPointFilter implements BeliefFilter {
    private final DiscreteTables tables;
    private final int iterations;
    /** [factor][state] rows; {@link #filtered} is the same rows in one list. */
    private final double[][][] marginals;

    private final double[][] filtered;
    private final double[][][] logPrior;
    /** What does not change while iterating: the prior and the modalities that depend on one factor. */
    private final double[][][] fixed;

    private final double[][][] next;
    /** [modality][column] rows: log A of the outcome seen. */
    private final double[][][] evidence;

    private final List<LikelihoodTable> likelihoods;
    private final int[] coupled;
    private final double[] product;

    FixedPointFilter(DiscreteTables tables, int iterations, int lanes) {
        this.tables = tables;
        likelihoods = tables.likelihoods();
        coupled = IntStream.range(0, likelihoods.size())
                .filter(m -> likelihoods.get(m).axes().dependencies() != 1)
                .toArray();
        // Without coupled modalities the first iteration is already the fixed point.
        this.iterations = coupled.length == 0 ? 1 : iterations;
        marginals = rows(tables, lanes);
        logPrior = rows(tables, lanes);
        fixed = rows(tables, lanes);
        next = rows(tables, lanes);
        filtered = Arrays.stream(marginals).flatMap(Arrays::stream).toArray(double[][]::new);
        evidence = likelihoods.stream()
                .map(t -> Rows.of(t.axes().columns(), lanes))
                .toArray(double[][][]::new);
        product = new double[lanes];
    }

    private static double[][][] rows(DiscreteTables tables, int lanes) {
        return IntStream.of(tables.states())
                .mapToObj(states -> Rows.of(states, lanes))
                .toArray(double[][][]::new);
    }

    @Override
    public double[][] filtered() {
        return filtered;
    }

    @Override
    public double[][][] marginals() {
        return marginals;
    }

    @Override
    public void restored(int lane) {
        // The filtered belief is the marginals.
    }

    @Override
    public void predict(long[] steps, int[][] actions, double[][][] predicted, int from, int to) {
        for (int f = 0; f < marginals.length; f++) {
            PredictedPrior.select(tables.priors()[f], steps, actions[f], predicted[f], marginals[f], from, to);
        }
    }

    @Override
    public void perceive(int[][] outcomes, double[] freeEnergy, double[] impossible, int from, int to) {
        gatherEvidence(outcomes, from, to);
        Rows.fill(impossible, 0, from, to);
        for (int i = from; i < to; i++) {
            impossible[i] = impossible(outcomes, i) ? 1 : 0;
        }
        takePrior(from, to);
        for (int iteration = 0; iteration < iterations; iteration++) {
            iterate(from, to);
        }
        freeEnergy(freeEnergy, from, to);
    }

    private void gatherEvidence(int[][] outcomes, int from, int to) {
        for (int m = 0; m < evidence.length; m++) {
            double[] logarithms = likelihoods.get(m).logarithms();
            int columns = evidence[m].length;
            for (int j = 0; j < columns; j++) {
                double[] row = evidence[m][j];
                for (int i = from; i < to; i++) {
                    row[i] = logarithms[outcomes[m][i] * columns + j];
                }
            }
        }
    }

    /** Whether some modality's outcome has no more than the floor's probability under the prior. */
    private boolean impossible(int[][] outcomes, int lane) {
        for (int m = 0; m < evidence.length; m++) {
            LikelihoodTable table = likelihoods.get(m);
            Axes axes = table.axes();
            double probability = 0;
            for (int j = 0; j < axes.columns(); j++) {
                double joint = table.floored()[outcomes[m][lane] * axes.columns() + j];
                for (int k = 0; k < axes.dependencies(); k++) {
                    joint *= marginals[axes.factor(k)][axes.state(k, j)][lane];
                }
                probability += joint;
            }
            if (probability <= axes.columns() * Logarithm.FLOOR) {
                return true;
            }
        }
        return false;
    }

    /** Turns the prior in the marginals into logarithms, adds what is fixed, and starts from uniform beliefs. */
    private void takePrior(int from, int to) {
        for (int f = 0; f < marginals.length; f++) {
            for (int s = 0; s < marginals[f].length; s++) {
                double[] prior = marginals[f][s];
                double[] log = logPrior[f][s];
                Rows.flooredLogarithm(prior, log, from, to);
                Rows.copy(log, fixed[f][s], from, to);
                Rows.fill(prior, 1.0 / marginals[f].length, from, to);
            }
        }
        for (int m = 0; m < evidence.length; m++) {
            Axes axes = likelihoods.get(m).axes();
            if (axes.dependencies() == 1) {
                for (int j = 0; j < evidence[m].length; j++) {
                    Rows.addScaled(1, evidence[m][j], fixed[axes.factor(0)][j], from, to);
                }
            }
        }
    }

    private void iterate(int from, int to) {
        for (int f = 0; f < next.length; f++) {
            for (int s = 0; s < next[f].length; s++) {
                Rows.copy(fixed[f][s], next[f][s], from, to);
            }
        }
        for (int m : coupled) {
            Axes axes = likelihoods.get(m).axes();
            for (int k = 0; k < axes.dependencies(); k++) {
                for (int j = 0; j < axes.columns(); j++) {
                    Rows.copy(evidence[m][j], product, from, to);
                    multiplyBeliefs(axes, j, k, from, to);
                    Rows.addScaled(1, product, next[axes.factor(k)][axes.state(k, j)], from, to);
                }
            }
        }
        for (int f = 0; f < next.length; f++) {
            Rows.softmax(next[f], 0, next[f].length, product, from, to);
            for (int s = 0; s < next[f].length; s++) {
                Rows.copy(next[f][s], marginals[f][s], from, to);
            }
        }
    }

    /** product *= beliefs in the states of a column, all dependencies but one. */
    private void multiplyBeliefs(Axes axes, int column, int except, int from, int to) {
        for (int k = 0; k < axes.dependencies(); k++) {
            if (k != except) {
                Rows.multiply(marginals[axes.factor(k)][axes.state(k, column)], product, from, to);
            }
        }
    }

    private void freeEnergy(double[] freeEnergy, int from, int to) {
        Rows.fill(freeEnergy, 0, from, to);
        for (int f = 0; f < marginals.length; f++) {
            for (int s = 0; s < marginals[f].length; s++) {
                double[] q = marginals[f][s];
                double[] log = logPrior[f][s];
                Rows.flooredLogarithm(q, product, from, to);
                for (int i = from; i < to; i++) {
                    freeEnergy[i] += q[i] * product[i] - q[i] * log[i];
                }
            }
        }
        for (int m = 0; m < evidence.length; m++) {
            Axes axes = likelihoods.get(m).axes();
            for (int j = 0; j < evidence[m].length; j++) {
                Rows.copy(evidence[m][j], product, from, to);
                multiplyBeliefs(axes, j, -1, from, to);
                Rows.addScaled(-1, product, freeEnergy, from, to);
            }
        }
    }
}
