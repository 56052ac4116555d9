package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.ActionSelection;

/** Selects one of several possibilities by their probabilities. */
interface Selection {

    static Selection of(DiscreteModel model, long seed) {
        return model.selection() == ActionSelection.STOCHASTIC ? new Drawn(model.alpha(), seed) : new Greatest();
    }

    /**
     * Selects a row for a lane.
     *
     * @param probabilities a row a possibility
     * @param count how many rows there are to select from
     * @param key of the agent
     * @param time of the step
     * @param draw which of the step's draws this is
     */
    int select(double[][] probabilities, int count, int lane, long key, long time, int draw);
}
