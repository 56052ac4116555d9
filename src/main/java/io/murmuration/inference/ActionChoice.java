package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.ActionSelection;
import io.murmuration.model.DiscreteModel.SamplingMode;
import java.util.function.IntPredicate;

/**
 * The choice of an action from the posterior over policies: from each factor's first action marginalised over policies, or
 * from whole policies. Deterministic choice takes the maximum, the lowest index where equal; stochastic choice draws from
 * {@code softmax(alpha · log p)}.
 */
abstract class ActionChoice {
    /** [factor][lane]. */
    private final int[][] chosen;

    private final boolean stochastic;
    final double alpha;
    final DiscreteModel model;
    private final long seed;

    private ActionChoice(DiscreteModel model, int lanes, long seed) {
        this.model = model;
        this.seed = seed;
        chosen = new int[model.factors()][lanes];
        stochastic = model.selection() == ActionSelection.STOCHASTIC;
        alpha = model.alpha();
    }

    static ActionChoice of(DiscreteModel model, int lanes, long seed) {
        return model.sampling() == SamplingMode.MARGINAL
                ? new Marginal(model, lanes, seed)
                : new Full(model, lanes, seed);
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
     * @param times a function of (step, lane), by way of the observations
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
     * actions; NaN where none is recorded.
     */
    abstract void logProbability(
            double[][] posterior,
            ObservationBlock observations,
            int step,
            int firstLane,
            double[] target,
            int from,
            int to);

    /** Chooses one of {@code count} rows a lane. */
    final int choose(double[][] probabilities, int count, int lane, long key, long time, int draw) {
        if (!stochastic) {
            int best = 0;
            for (int u = 1; u < count; u++) {
                if (probabilities[u][lane] > probabilities[best][lane]) {
                    best = u;
                }
            }
            return best;
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int u = 0; u < count; u++) {
            max = Math.max(max, Logarithm.floored(probabilities[u][lane]));
        }
        double total = 0;
        for (int u = 0; u < count; u++) {
            total += weight(probabilities[u][lane], max);
        }
        double rest = Draws.uniform(seed, key, time, draw) * total;
        for (int u = 0; u < count - 1; u++) {
            rest -= weight(probabilities[u][lane], max);
            if (rest < 0) {
                return u;
            }
        }
        return count - 1;
    }

    private double weight(double probability, double max) {
        return Exponential.ofNonPositive(alpha * (Logarithm.floored(probability) - max));
    }

    /**
     * {@code log Σ_{u where wanted} softmax(alpha · log p)_u}; the floor of the logarithms where none is wanted, since the
     * agent has no policy that takes such an action.
     */
    final double logShare(double[][] probabilities, int count, int lane, IntPredicate wanted) {
        double max = Double.NEGATIVE_INFINITY;
        double maxWanted = Double.NEGATIVE_INFINITY;
        for (int u = 0; u < count; u++) {
            double log = Logarithm.floored(probabilities[u][lane]);
            max = Math.max(max, log);
            maxWanted = wanted.test(u) ? Math.max(maxWanted, log) : maxWanted;
        }
        if (maxWanted == Double.NEGATIVE_INFINITY) {
            return Logarithm.of(Logarithm.FLOOR);
        }
        double total = 0;
        double share = 0;
        for (int u = 0; u < count; u++) {
            total += weight(probabilities[u][lane], max);
            if (wanted.test(u)) {
                share += weight(probabilities[u][lane], maxWanted);
            }
        }
        return alpha * (maxWanted - max) + Logarithm.of(share) - Logarithm.of(total);
    }

    /** Each factor for itself. */
    private static final class Marginal extends ActionChoice {
        /** [factor][action] rows. */
        private final double[][][] marginals;

        Marginal(DiscreteModel model, int lanes, long seed) {
            super(model, lanes, seed);
            marginals = new double[model.factors()][][];
            for (int f = 0; f < marginals.length; f++) {
                marginals[f] = Rows.of(model.actions(f), lanes);
            }
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
                    Rows.addScaled(
                            1, posterior[p], marginals[f][model.policies().action(p, 0, f)], from, to);
                }
                for (int i = from; i < to; i++) {
                    long time = observations.time(step, firstLane + i);
                    chosen()[f][i] = choose(marginals[f], marginals[f].length, i, keys[i], time, f);
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
            for (int i = from; i < to; i++) {
                target[i] = Double.NaN;
                for (int f = 0; f < marginals.length; f++) {
                    double recorded = observations.action(step, f, firstLane + i);
                    if (!Double.isNaN(recorded)) {
                        int action = (int) recorded;
                        double log = logShare(marginals[f], marginals[f].length, i, u -> u == action);
                        target[i] = Double.isNaN(target[i]) ? log : target[i] + log;
                    }
                }
            }
        }
    }

    /** A whole policy. */
    private static final class Full extends ActionChoice {
        Full(DiscreteModel model, int lanes, long seed) {
            super(model, lanes, seed);
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
            for (int i = from; i < to; i++) {
                long time = observations.time(step, firstLane + i);
                int policy = choose(posterior, posterior.length, i, keys[i], time, 0);
                for (int f = 0; f < model.factors(); f++) {
                    chosen()[f][i] = model.policies().action(policy, 0, f);
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
            for (int i = from; i < to; i++) {
                int lane = firstLane + i;
                target[i] = Double.NaN;
                for (int f = 0; f < model.factors(); f++) {
                    if (!Double.isNaN(observations.action(step, f, lane))) {
                        target[i] = logShare(posterior, posterior.length, i, p -> taken(observations, step, lane, p));
                        break;
                    }
                }
            }
        }

        /** Whether a policy begins with the recorded actions. */
        private boolean taken(ObservationBlock observations, int step, int lane, int policy) {
            for (int f = 0; f < model.factors(); f++) {
                double recorded = observations.action(step, f, lane);
                if (!Double.isNaN(recorded) && model.policies().action(policy, 0, f) != (int) recorded) {
                    return false;
                }
            }
            return true;
        }
    }
}
