package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A discrete model worked out for the engine: one table a modality, one a factor, the prior, the policies.
 *
 * @param model where it comes from
 * @param states number of states a factor
 * @param likelihoods a table a modality
 * @param transitions a table a factor
 * @param priors D, a vector a factor; replaced in place when D is learned step by step
 * @param logHabits log E, floored, an entry a policy
 * @param order in which policies are walked through
 */
record DiscreteTables(
        DiscreteModel model,
        int[] states,
        List<LikelihoodTable> likelihoods,
        List<TransitionTable> transitions,
        double[][] priors,
        double[] logHabits,
        PolicyOrder order) {

    static DiscreteTables compile(DiscreteModel model) {
        int[] states = IntStream.range(0, model.factors()).map(model::states).toArray();
        double[] logHabits = model.E().toArray();
        for (int p = 0; p < logHabits.length; p++) {
            logHabits[p] = Logarithm.floored(logHabits[p]);
        }
        return new DiscreteTables(
                model,
                states,
                IntStream.range(0, model.modalities())
                        .mapToObj(m -> new LikelihoodTable(model, m, states))
                        .toList(),
                IntStream.range(0, model.factors())
                        .mapToObj(f -> new TransitionTable(model, f, states))
                        .toList(),
                model.D().stream().map(d -> d.toArray()).toArray(double[][]::new),
                logHabits,
                new PolicyOrder(model.policies()));
    }

    /** Sum over factors of their numbers of states. */
    int totalStates() {
        return IntStream.of(states).sum();
    }

    /** Product over factors of their numbers of states. */
    int jointStates() {
        return IntStream.of(states).reduce(1, Math::multiplyExact);
    }

    /** The largest number of columns of any tensor. */
    int maxColumns() {
        return IntStream.concat(
                        likelihoods.stream().mapToInt(t -> t.axes().columns()),
                        transitions.stream().mapToInt(t -> t.axes().columns()))
                .max()
                .orElse(1);
    }
}
