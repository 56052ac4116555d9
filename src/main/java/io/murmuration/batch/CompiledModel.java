package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import io.murmuration.inference.Draws;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ResultLayout;

/**
 * A model of the fleet, ready to run in a task.
 *
 * @param name by which observations name it
 * @param kernel its engine
 * @param smoother of its results
 */
public record CompiledModel(String name, InferenceKernel kernel, HistorySmoother smoother) {

    static CompiledModel of(Fleet.Member member, Smoothing smoothing) {
        InferenceKernel kernel = InferenceKernel.compile(member.model());
        return new CompiledModel(member.name(), kernel, HistorySmoother.of(kernel, smoothing));
    }

    /** What a row of its results holds. */
    public ResultLayout layout() {
        return smoother.layout();
    }

    /**
     * Checks that an agent of this model can go on from a state.
     *
     * @throws CallerException if it cannot
     */
    public void checkGoesOn(String agent, AgentState state) {
        try {
            kernel.block(1, 0).resume(0, Draws.agentKey(agent), state);
        } catch (IllegalArgumentException e) {
            throw misfit(agent, e);
        }
    }

    /**
     * Checks that a population of this model can go on from what some of it have learned.
     *
     * @throws CallerException if it cannot
     */
    public void checkGoesOn(IncrementSums learned) {
        int width = kernel.learning().ofPopulation() ? kernel.learning().width() : 0;
        if (learned.sums().length != width) {
            throw new CallerException("Agents that were let go have taught the population of the model \"" + name
                    + "\" " + learned.sums().length + " counts, but the model's learns " + width);
        }
    }

    /** That an agent stands where no agent of this model can. */
    CallerException misfit(String agent, IllegalArgumentException why) {
        return new CallerException("Agent \"" + agent + "\" cannot go on with the model \"" + name
                + "\" from where it stands: " + why.getMessage());
    }
}
