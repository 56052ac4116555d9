package io.murmuration.inference;

import java.util.List;
import java.util.stream.IntStream;

/** Exact filtering over the combinations of all factors' states. */
final class JointFilter implements BeliefFilter {
    private final DiscreteTables tables;
    private final Axes axes;
    private final double[][] belief;
    private final double[][] before;
    private final double[][][] marginals;
    private final Bayes bayes;
    private final JointTransition transition;
    private final int[] action;

    JointFilter(DiscreteTables tables, int lanes) {
        this.tables = tables;
        List<Integer> factors =
                IntStream.range(0, tables.states().length).boxed().toList();
        axes = new Axes(factors, tables.states());
        belief = Rows.of(axes.columns(), lanes);
        before = Rows.of(axes.columns(), lanes);
        marginals = IntStream.of(tables.states())
                .mapToObj(states -> Rows.of(states, lanes))
                .toArray(double[][][]::new);
        bayes = new Bayes(tables, axes, lanes);
        transition = new JointTransition(tables, axes);
        action = new int[marginals.length];
    }

    @Override
    public double[][] filtered() {
        return belief;
    }

    @Override
    public double[][][] marginals() {
        return marginals;
    }

    @Override
    public void restored(int lane) {
        marginalise(lane, lane + 1);
    }

    @Override
    public void predict(long[] steps, int[][] actions, double[][][] predicted, int from, int to) {
        for (int n = 0; n < belief.length; n++) {
            Rows.copy(belief[n], before[n], from, to);
        }
        for (int i = from; i < to; i++) {
            for (int f = 0; f < action.length; f++) {
                action[f] = actions[f][i];
            }
            for (int next = 0; next < belief.length; next++) {
                belief[next][i] = steps[i] == 0 ? first(next) : predicted(next, i);
            }
        }
    }

    private double first(int column) {
        double probability = 1;
        for (int f = 0; f < axes.dependencies(); f++) {
            probability *= tables.priors()[f][axes.state(f, column)];
        }
        return probability;
    }

    private double predicted(int next, int lane) {
        double probability = 0;
        for (int now = 0; now < before.length; now++) {
            probability += transition.probability(next, now, action) * before[now][lane];
        }
        return probability;
    }

    @Override
    public void perceive(int[][] outcomes, double[] freeEnergy, double[] impossible, int from, int to) {
        bayes.assimilate(belief, outcomes, freeEnergy, impossible, from, to);
        marginalise(from, to);
    }

    private void marginalise(int from, int to) {
        for (double[][] marginal : marginals) {
            for (double[] row : marginal) {
                Rows.fill(row, 0, from, to);
            }
        }
        for (int n = 0; n < belief.length; n++) {
            for (int f = 0; f < marginals.length; f++) {
                Rows.addScaled(1, belief[n], marginals[f][axes.state(f, n)], from, to);
            }
        }
    }
}
