package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import java.util.function.IntPredicate;

/** Choice of a whole policy, whose first action is taken. */
final class PolicyChoice extends ActionChoice {
    PolicyChoice(DiscreteModel model, int lanes, long seed) {
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
            int policy = selection.select(posterior, posterior.length, i, keys[i], time, 0);
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

    /**
     * {@code log Σ_{u where wanted} softmax(alpha · log p)_u}; the floor of the logarithms where none is wanted, since the
     * agent has no policy that takes such an action.
     */
    private double logShare(double[][] probabilities, int count, int lane, IntPredicate wanted) {
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
            total += Drawn.weight(alpha, probabilities[u][lane], max);
            if (wanted.test(u)) {
                share += Drawn.weight(alpha, probabilities[u][lane], maxWanted);
            }
        }
        return alpha * (maxWanted - max) + Logarithm.of(share) - Logarithm.of(total);
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
