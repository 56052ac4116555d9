package io.murmuration.inference;

import java.util.List;

/**
 * Gathers Dirichlet increments of lanes: {@code o_t ⊗ q_t(deps)} for A where a modality is observed, {@code q_t ⊗
 * q_{t−1}(deps) ⊗ u_{t−1}} for B, {@code q_0} for D.
 */
final class LearningEvidence {
    private final Increments increments;
    private final List<LikelihoodTable> likelihoods;
    private final List<TransitionTable> transitions;
    /** [increment] rows. */
    private final double[][] sums;
    /** [factor][state] rows: the marginals one step before. */
    private final double[][][] before;

    private final double[][] joint;

    LearningEvidence(DiscreteTables tables, Increments increments, int lanes) {
        this.increments = increments;
        likelihoods = tables.likelihoods();
        transitions = tables.transitions();
        sums = Rows.of(increments.width(), lanes);
        before = new double[tables.states().length][][];
        for (int f = 0; f < before.length; f++) {
            before[f] = Rows.of(increments.learnsB() ? tables.states()[f] : 0, lanes);
        }
        joint = Rows.of(tables.maxColumns(), lanes);
    }

    double[][] sums() {
        return sums;
    }

    void clear(int lane) {
        for (double[] row : sums) {
            row[lane] = 0;
        }
    }

    /** Keeps the beliefs before they move on. */
    void remember(double[][][] marginals, int from, int to) {
        for (int f = 0; f < before.length; f++) {
            for (int s = 0; s < before[f].length; s++) {
                Rows.copy(marginals[f][s], before[f][s], from, to);
            }
        }
    }

    /**
     * Adds a step's increments.
     *
     * @param steps that each lane had taken before this one
     * @param actions {@code [factor][lane]} taken before this step
     */
    void add(int[][] outcomes, long[] steps, int[][] actions, double[][][] marginals, int from, int to) {
        if (increments.learnsA()) {
            for (int m = 0; m < likelihoods.size(); m++) {
                addOutcome(m, outcomes[m], marginals, from, to);
            }
        }
        for (int f = 0; f < transitions.size(); f++) {
            if (increments.learnsB()) {
                addTransition(f, steps, actions[f], marginals[f], from, to);
            }
            if (increments.learnsD()) {
                addFirst(f, steps, marginals[f], from, to);
            }
        }
    }

    private void addOutcome(int modality, int[] outcome, double[][][] marginals, int from, int to) {
        LikelihoodTable table = likelihoods.get(modality);
        int columns = table.axes().columns();
        double[][] belief = table.axes().joint(marginals, joint, from, to);
        for (int j = 0; j < columns; j++) {
            for (int i = from; i < to; i++) {
                if (outcome[i] < table.outcomes()) {
                    sums[increments.offsetA(modality) + outcome[i] * columns + j][i] += belief[j][i];
                }
            }
        }
    }

    private void addTransition(int factor, long[] steps, int[] action, double[][] belief, int from, int to) {
        TransitionTable table = transitions.get(factor);
        int columns = table.axes().columns();
        double[][] past = table.axes().joint(before, joint, from, to);
        for (int s = 0; s < belief.length; s++) {
            for (int j = 0; j < columns; j++) {
                int offset = increments.offsetB(factor) + (s * columns + j) * table.actions();
                for (int i = from; i < to; i++) {
                    if (steps[i] > 0) {
                        sums[offset + action[i]][i] += belief[s][i] * past[j][i];
                    }
                }
            }
        }
    }

    private void addFirst(int factor, long[] steps, double[][] belief, int from, int to) {
        for (int s = 0; s < belief.length; s++) {
            for (int i = from; i < to; i++) {
                if (steps[i] == 0) {
                    sums[increments.offsetD(factor) + s][i] += belief[s][i];
                }
            }
        }
    }
}
