package io.murmuration.inference;

import io.murmuration.model.DiscreteModel.TowardsGoals;

/** Inductive value: what a plan loses where it leads away from the goal (Friston et al. 2023, "Active inference and intentional behaviour"). */
interface Induction {

    /** Works the transitions out again, after they were learned. */
    void compile();

    /** Looks where each lane is, at the beginning of a plan. */
    void begin(double[][][] beliefs, int from, int to);

    /** Adds the value of predicted states to a path. */
    void add(double[][][] states, double[] path, int from, int to);

    static Induction of(DiscreteTables tables, int lanes) {
        return tables.model().inductive() instanceof TowardsGoals goals
                ? new GoalInduction(tables, goals, lanes)
                : new None();
    }

    /** The agent does not infer inductively. */
    final class None implements Induction {
        @Override
        public void compile() {}

        @Override
        public void begin(double[][][] beliefs, int from, int to) {}

        @Override
        public void add(double[][][] states, double[] path, int from, int to) {}
    }
}
