package io.murmuration.environment;

import io.murmuration.inference.ObservationBlock;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.Tensor;
import java.util.List;

/** A world of discrete states that come about by D, show by A and change by B. */
final class DiscreteWorld implements World {
    private final DiscreteModel truth;
    private final List<double[]> first;
    private final List<double[]> likelihoods;
    private final List<double[]> transitions;
    private final WorldDraws draws;
    private final long[] keys;
    /** [factor][lane]. */
    private final int[][] states;

    private final int[] next;

    DiscreteWorld(DiscreteModel truth, int lanes, long seed) {
        this.truth = truth;
        first = truth.D().stream().map(Tensor::toArray).toList();
        likelihoods = truth.A().stream().map(Tensor::toArray).toList();
        transitions = truth.B().stream().map(Tensor::toArray).toList();
        draws = WorldDraws.of(seed);
        keys = new long[lanes];
        states = new int[truth.factors()][lanes];
        next = new int[truth.factors()];
    }

    @Override
    public int stateWidth() {
        return states.length;
    }

    @Override
    public void start(int lane, long agentKey) {
        keys[lane] = agentKey;
        for (int f = 0; f < states.length; f++) {
            states[f][lane] = draw(first.get(f), 0, 1, truth.states(f), draws.uniform(agentKey, -1, f));
        }
    }

    @Override
    public double state(int element, int lane) {
        return states[element][lane];
    }

    @Override
    public void observe(int lanes, int step, ObservationBlock observations) {
        for (int lane = 0; lane < lanes; lane++) {
            for (int m = 0; m < likelihoods.size(); m++) {
                double[] table = likelihoods.get(m);
                int outcomes = truth.outcomes(m);
                int column = column(truth.aDependencies().get(m), lane);
                double chance = draws.uniform(keys[lane], observations.time(step, lane), m);
                observations.setObservation(
                        step, m, lane, draw(table, column, table.length / outcomes, outcomes, chance));
            }
        }
    }

    @Override
    public void act(int lanes, int step, ObservationBlock observations) {
        for (int lane = 0; lane < lanes; lane++) {
            for (int f = 0; f < states.length; f++) {
                double[] table = transitions.get(f);
                int actions = truth.actions(f);
                int column = column(truth.bDependencies().get(f), lane) * actions
                        + action(f, observations.action(step, f, lane), actions);
                double chance = draws.uniform(keys[lane], observations.time(step, lane), likelihoods.size() + f);
                next[f] = draw(table, column, table.length / truth.states(f), truth.states(f), chance);
            }
            for (int f = 0; f < states.length; f++) {
                states[f][lane] = next[f];
            }
        }
    }

    private static int action(int factor, double recorded, int actions) {
        if (!(recorded >= 0 && recorded < actions)) {
            throw new IllegalArgumentException("The action of factor " + factor + " is " + recorded
                    + ", but the world takes " + actions + " actions (0 to " + (actions - 1) + ")");
        }
        return (int) recorded;
    }

    /** The column of a tensor for the present states of its dependencies. */
    private int column(List<Integer> dependencies, int lane) {
        int column = 0;
        for (int factor : dependencies) {
            column = column * truth.states(factor) + states[factor][lane];
        }
        return column;
    }

    /** Draws a row of a column of a table by inversion. */
    private static int draw(double[] table, int column, int stride, int rows, double chance) {
        double rest = chance;
        int last = 0;
        for (int row = 0; row < rows; row++) {
            double probability = table[row * stride + column];
            rest -= probability;
            if (rest < 0) {
                return row;
            }
            last = probability > 0 ? row : last;
        }
        return last;
    }
}
