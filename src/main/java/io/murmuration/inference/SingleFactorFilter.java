package io.murmuration.inference;

import java.util.List;

/** Exact filtering where there is one factor. */
final class SingleFactorFilter implements BeliefFilter {
    private final double[] prior;
    private final double[][] belief;
    private final Bayes bayes;

    SingleFactorFilter(DiscreteTables tables, int lanes) {
        prior = tables.priors()[0];
        belief = Rows.of(prior.length, lanes);
        bayes = new Bayes(tables, new Axes(List.of(0), tables.states()), lanes);
    }

    @Override
    public double[][] filtered() {
        return belief;
    }

    @Override
    public double[][][] marginals() {
        return new double[][][] {belief};
    }

    @Override
    public void restored(int lane) {
        // The filtered belief is the marginal.
    }

    @Override
    public void predict(long[] steps, int[][] actions, double[][][] predicted, int from, int to) {
        PredictedPrior.select(prior, steps, actions[0], predicted[0], belief, from, to);
    }

    @Override
    public void perceive(int[][] outcomes, double[] freeEnergy, double[] impossible, int from, int to) {
        bayes.assimilate(belief, outcomes, freeEnergy, impossible, from, to);
    }
}
