package io.murmuration.inference;

import io.murmuration.model.Policies;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The expected free energy of every policy, reversed in sign: {@code Σ_τ Σ_m (qo·C + H[qo] − qs·H[A])} and the terms of
 * parameter information gain and inductive value, rolled forward through B (Friston et al. 2017, "Active inference: a
 * process theory", eq. 2.7; pymdp's {@code update_posterior_policies}).
 */
final class Planner {
    private final Policies policies;
    private final PolicyOrder order;
    private final List<LikelihoodTable> likelihoods;
    private final List<TransitionTable> transitions;
    private final boolean statesInfoGain;
    private final Induction induction;

    /** [depth][factor][state] rows; at depth 1 the predictions of all actions, picked by reference. */
    private final double[][][][] states;

    private final double[][][][] own;
    /** [depth] rows: the value of the path so far. */
    private final double[][] value;

    private final double[][] joint;
    private final double[] outcome;
    private final double[] weight;

    Planner(DiscreteTables tables, int lanes) {
        policies = tables.model().policies();
        order = tables.order();
        likelihoods = tables.likelihoods();
        transitions = tables.transitions();
        statesInfoGain = tables.model().terms().statesInfoGain();
        induction = Induction.of(tables, lanes);
        int depths = policies.length() + 1;
        int factors = tables.states().length;
        own = IntStream.range(0, depths)
                .mapToObj(d -> IntStream.range(0, factors)
                        .mapToObj(f -> Rows.of(d < 2 ? 0 : tables.states()[f], lanes))
                        .toArray(double[][][]::new))
                .toArray(double[][][][]::new);
        states = new double[depths][factors][][];
        for (int d = 1; d < depths; d++) {
            for (int f = 0; f < factors; f++) {
                states[d][f] = d == 1 ? new double[tables.states()[f]][] : own[d][f];
            }
        }
        value = Rows.of(depths, lanes);
        joint = Rows.of(tables.maxColumns(), lanes);
        outcome = new double[lanes];
        weight = new double[lanes];
    }

    /** Works out again what depends on transitions that were learned. */
    void compile() {
        induction.compile();
    }

    /**
     * Evaluates all policies.
     *
     * @param beliefs [factor][state] rows about the present
     * @param predicted [factor][action · states + next state] rows
     * @param negEfe a row a policy, written
     */
    void plan(double[][][] beliefs, double[][][] predicted, double[][] negEfe, int from, int to) {
        induction.begin(beliefs, from, to);
        states[0] = beliefs;
        Rows.fill(value[0], 0, from, to);
        for (int place = 0; place < policies.count(); place++) {
            int policy = order.policy(place);
            for (int step = order.shared(place); step < policies.length(); step++) {
                look(policy, step, predicted, from, to);
            }
            Rows.copy(value[policies.length()], negEfe[policy], from, to);
        }
    }

    /** Takes one step along a policy. */
    private void look(int policy, int step, double[][][] predicted, int from, int to) {
        int depth = step + 1;
        for (int f = 0; f < transitions.size(); f++) {
            int action = policies.action(policy, step, f);
            if (depth == 1) {
                System.arraycopy(predicted[f], action * states[1][f].length, states[1][f], 0, states[1][f].length);
            } else {
                predict(transitions.get(f), action, states[step], states[depth][f], from, to);
            }
        }
        double[] path = value[depth];
        Rows.copy(value[step], path, from, to);
        for (LikelihoodTable likelihood : likelihoods) {
            addOutcomes(likelihood, step, states[depth], path, from, to);
        }
        for (int f = 0; f < transitions.size(); f++) {
            TransitionTable transition = transitions.get(f);
            if (transition.novelty().length > 0) {
                addNovelty(transition, policies.action(policy, step, f), step, states[depth][f], path, from, to);
            }
        }
        induction.add(states[depth], path, from, to);
    }

    private void predict(TransitionTable table, int action, double[][][] before, double[][] after, int from, int to) {
        double[][] columns = table.axes().joint(before, joint, from, to);
        for (int s = 0; s < after.length; s++) {
            Rows.combine(
                    table.probabilities(),
                    table.index(action, s),
                    columns,
                    table.axes().columns(),
                    after[s],
                    from,
                    to);
        }
    }

    /** Adds what a modality's predicted outcomes are worth. */
    private void addOutcomes(LikelihoodTable table, int step, double[][][] after, double[] path, int from, int to) {
        Axes axes = table.axes();
        double[][] columns = axes.joint(after, joint, from, to);
        Rows.addCombination(table.values(step), 0, columns, axes.columns(), path, from, to);
        boolean novelty = table.novelty().length > 0;
        for (int o = 0; o < table.outcomes() && (statesInfoGain || novelty); o++) {
            int row = o * axes.columns();
            Rows.combine(table.probabilities(), row, columns, axes.columns(), outcome, from, to);
            if (statesInfoGain) {
                Rows.addEntropy(outcome, path, from, to);
            }
            if (novelty) {
                Rows.combine(table.novelty(), row, columns, axes.columns(), weight, from, to);
                Rows.addProduct(outcome, weight, path, from, to);
            }
        }
    }

    private void addNovelty(
            TransitionTable table, int action, int step, double[][] after, double[] path, int from, int to) {
        double[][] columns = table.axes().joint(states[step], joint, from, to);
        for (int s = 0; s < after.length; s++) {
            Rows.combine(
                    table.novelty(),
                    table.index(action, s),
                    columns,
                    table.axes().columns(),
                    weight,
                    from,
                    to);
            Rows.addProduct(after[s], weight, path, from, to);
        }
    }
}
