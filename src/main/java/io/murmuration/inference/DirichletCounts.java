package io.murmuration.inference;

import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.Scope;
import io.murmuration.model.DiscreteModel.Update;

/** Learned counts of a discrete model. */
record DirichletCounts(Increments increments, DirichletLearning learning) implements CountLearning {

    @Override
    public boolean ofPopulation() {
        return learning.scope() == Scope.POPULATION;
    }

    @Override
    public int width() {
        return increments.width();
    }

    @Override
    public double[] increments(AgentState state) {
        StateChecks.size("increments", state.increments().length, width());
        return state.increments();
    }

    @Override
    public Learned learned(AgentState state) {
        if (learning.update() == Update.STEP) {
            StateChecks.size("learned counts", state.counts().length, width());
            return increments.learned(state.counts());
        }
        return learned(increments(state));
    }

    @Override
    public Learned learned(double[] sums) {
        double[] counts = increments.initial();
        increments.update(counts, sums);
        return increments.learned(counts);
    }
}
