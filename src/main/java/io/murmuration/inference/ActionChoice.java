package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.SamplingMode;

/** The choice of an action from the posterior over policies. */
abstract class ActionChoice {
    final DiscreteModel model;
    final double alpha;
    final Selection selection;
    /** [factor][lane]. */
    private final int[][] chosen;

    ActionChoice(DiscreteModel model, int lanes, long seed) {
        this.model = model;
        alpha = model.alpha();
        selection = Selection.of(model, seed);
        chosen = new int[model.factors()][lanes];
    }

    static ActionChoice of(DiscreteModel model, int lanes, long seed) {
        return model.sampling() == SamplingMode.MARGINAL
                ? new MarginalChoice(model, lanes, seed)
                : new PolicyChoice(model, lanes, seed);
    }

    /** The action that each lane chose, {@code [factor][lane]}. */
    final int[][] chosen() {
        return chosen;
    }

    /**
     * Chooses.
     *
     * @param posterior a row a policy
     * @param keys of the agents
     * @param observations where the times are that draws depend on
     * @param step of the observations
     * @param firstLane of the observations
     */
    abstract void choose(
            double[][] posterior,
            long[] keys,
            ObservationBlock observations,
            int step,
            int firstLane,
            int from,
            int to);

    /**
     * The logarithm of the probability with which this agent, choosing stochastically, would have taken the recorded
     * actions; NaN where none is recorded. After {@link #choose} of the same posterior and lanes, whose sums over policies
     * it goes on with.
     */
    abstract void logProbability(
            double[][] posterior,
            ObservationBlock observations,
            int step,
            int firstLane,
            double[] target,
            int from,
            int to);
}
