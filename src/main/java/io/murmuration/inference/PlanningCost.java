package io.murmuration.inference;

import io.murmuration.model.DiscreteModel.NoInductive;
import io.murmuration.model.Policies;
import java.util.Arrays;

/** Counts what planning costs: the steps of all policies but those that one has in common with the one before. */
final class PlanningCost {
    private final DiscreteTables tables;
    /** [factor][action]: predicting the next state. */
    private final long[][] predicting;
    /** [factor][action]: information gain about transitions. */
    private final long[][] novelty;
    /** [planning step]: what outcomes are worth, and what induction adds. */
    private final Operations[] outcomes;

    PlanningCost(DiscreteTables tables) {
        this.tables = tables;
        int factors = tables.transitions().size();
        predicting = new long[factors][];
        novelty = new long[factors][];
        for (int f = 0; f < factors; f++) {
            TransitionTable table = tables.transitions().get(f);
            predicting[f] = byAction(table, table.probabilities(), 0);
            novelty[f] = table.novelty().length == 0
                    ? new long[table.actions()]
                    : byAction(table, table.novelty(), table.states());
        }
        outcomes = new Operations[tables.model().policies().length()];
        Arrays.setAll(outcomes, this::outcomesAt);
    }

    private static long[] byAction(TransitionTable table, double[] weights, long beside) {
        long[] counts = new long[table.actions()];
        int size = weights.length / counts.length;
        for (int u = 0; u < counts.length; u++) {
            double[] matrix = Arrays.copyOfRange(weights, u * size, (u + 1) * size);
            counts[u] = joint(table.axes()) + nonZero(matrix) + beside;
        }
        return counts;
    }

    /** Products of beliefs in the columns of a tensor that depends on several factors. */
    static long joint(Axes axes) {
        return (long) axes.columns() * Math.max(0, axes.dependencies() - 1);
    }

    static long nonZero(double[] weights) {
        return Arrays.stream(weights).filter(w -> w != 0).count();
    }

    private Operations outcomesAt(int step) {
        boolean statesInfoGain = tables.model().terms().statesInfoGain();
        Operations sum = Operations.NONE;
        for (LikelihoodTable table : tables.likelihoods()) {
            boolean gain = table.novelty().length > 0;
            long count = joint(table.axes()) + nonZero(table.values(step));
            count += statesInfoGain || gain ? nonZero(table.probabilities()) : 0;
            count += gain ? nonZero(table.novelty()) + table.outcomes() : 0;
            long entropies = statesInfoGain ? table.outcomes() : 0;
            sum = sum.plus(new Operations(count + entropies, entropies, 0));
        }
        boolean inductive = !(tables.model().inductive() instanceof NoInductive);
        return sum.plus(Operations.multiplyAdds(inductive ? tables.totalStates() : 0));
    }

    Operations ofAllPolicies() {
        Policies policies = tables.model().policies();
        Operations sum = Operations.NONE;
        for (int place = 0; place < policies.count(); place++) {
            for (int step = tables.order().shared(place); step < policies.length(); step++) {
                sum = sum.plus(look(policies, tables.order().policy(place), step));
            }
        }
        return sum;
    }

    /** One step along a policy; the first is predicted already. */
    private Operations look(Policies policies, int policy, int step) {
        long count = 0;
        for (int f = 0; f < predicting.length; f++) {
            int action = policies.action(policy, step, f);
            count += (step == 0 ? 0 : predicting[f][action]) + novelty[f][action];
        }
        return outcomes[step].plus(Operations.multiplyAdds(count));
    }
}
