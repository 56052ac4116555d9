package io.murmuration.inference;

import io.murmuration.model.DiscreteModel.TowardsGoals;

/** Induction with a backward reachability table a factor: row k marks the states from which the goal is k steps away. */
final class GoalInduction implements Induction {
    private final DiscreteTables tables;
    private final TowardsGoals goals;
    private final double logEpsilon;
    /** [factor][row][state]: log ε where the state is not in the row, 0 where it is, and a last row of zeros. */
    private final double[][][] penalties;
    /** [factor][state] → the row that a plan from this state is measured by; the last row where no path is known. */
    private final int[][] rowOfState;
    /** [factor][lane]. */
    private final int[][] row;

    GoalInduction(DiscreteTables tables, TowardsGoals goals, int lanes) {
        this.tables = tables;
        this.goals = goals;
        int factors = tables.states().length;
        logEpsilon = Logarithm.of(goals.epsilon());
        penalties = new double[factors][][];
        rowOfState = new int[factors][];
        row = new int[factors][lanes];
        compile();
    }

    @Override
    public void compile() {
        for (int f = 0; f < row.length; f++) {
            boolean[][] reach = reachable(tables.transitions().get(f), f, goals);
            penalties[f] = penalties(reach);
            rowOfState[f] = rows(reach);
        }
    }

    private static boolean[][] reachable(TransitionTable table, int factor, TowardsGoals goals) {
        // No state is more steps away than there are others: later rows are never the first to have one.
        boolean[][] reach = new boolean[Math.min(goals.depth(), table.states())][table.states()];
        for (int s = 0; s < table.states(); s++) {
            reach[0][s] = goals.H().get(factor).get(s) > 0;
        }
        for (int k = 1; k < reach.length; k++) {
            for (int now = 0; now < table.states(); now++) {
                for (int next = 0; next < table.states(); next++) {
                    reach[k][now] |= reach[k - 1][next] && leads(table, factor, now, next, goals.threshold());
                }
            }
        }
        return reach;
    }

    /** Whether some action, and some state of the other factors, leads from one state to another. */
    private static boolean leads(TransitionTable table, int factor, int now, int next, double threshold) {
        Axes axes = table.axes();
        for (int u = 0; u < table.actions(); u++) {
            for (int j = 0; j < axes.columns(); j++) {
                boolean from = true;
                for (int k = 0; k < axes.dependencies(); k++) {
                    from &= axes.factor(k) != factor || axes.state(k, j) == now;
                }
                if (from && table.probabilities()[table.index(u, next) + j] > threshold) {
                    return true;
                }
            }
        }
        return false;
    }

    private double[][] penalties(boolean[][] reach) {
        double[][] result = new double[reach.length + 1][reach[0].length];
        for (int k = 0; k < reach.length; k++) {
            for (int s = 0; s < reach[k].length; s++) {
                result[k][s] = reach[k][s] ? 0 : logEpsilon;
            }
        }
        return result;
    }

    private static int[] rows(boolean[][] reach) {
        int[] rows = new int[reach[0].length];
        for (int s = 0; s < rows.length; s++) {
            int k = 0;
            while (k < reach.length && !reach[k][s]) {
                k++;
            }
            rows[s] = k == reach.length ? k : Math.max(k - 1, 0);
        }
        return rows;
    }

    @Override
    public void begin(double[][][] beliefs, int from, int to) {
        for (int f = 0; f < row.length; f++) {
            for (int i = from; i < to; i++) {
                int best = 0;
                for (int s = 1; s < beliefs[f].length; s++) {
                    if (beliefs[f][s][i] > beliefs[f][best][i]) {
                        best = s;
                    }
                }
                row[f][i] = rowOfState[f][best];
            }
        }
    }

    @Override
    public void add(double[][][] states, double[] path, int from, int to) {
        for (int f = 0; f < row.length; f++) {
            for (int s = 0; s < states[f].length; s++) {
                double[] belief = states[f][s];
                for (int i = from; i < to; i++) {
                    path[i] += belief[i] * penalties[f][row[f][i]][s];
                }
            }
        }
    }
}
