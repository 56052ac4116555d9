package io.murmuration.scaling.policy.active;

import io.murmuration.inference.AgentBlock;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An agent whose model takes a step a horizon of several ticks, asked at every tick: a tick goes on from the belief of one
 * horizon ago, and all that is learned goes into the same counts. What it is and infers is the kernel's.
 */
final class HorizonAgent {
    private static final long SEED = 0;

    private final int horizon;
    private final AgentBlock block;
    private final ObservationBlock observations;
    private final ResultBlock results;
    /** The state before any observation. */
    private final AgentState beginning;
    /** States of the last horizon, oldest first, without their counts. */
    private final Deque<AgentState> states = new ArrayDeque<>();

    private double[] counts;

    HorizonAgent(InferenceKernel kernel, int horizon) {
        this.horizon = horizon;
        block = kernel.block(1, SEED);
        observations = new ObservationBlock(1, 1, kernel.observationWidth(), kernel.actionWidth());
        results = new ResultBlock(1, 1, kernel.layout());
        block.start(0, SEED);
        beginning = block.state(0);
        counts = beginning.counts();
    }

    /** Takes over what an agent for another horizon has learned. */
    void learnFrom(HorizonAgent other) {
        counts = other.counts;
    }

    /** What the last tick was before corrected: the action that was carried out after it, a class a factor. */
    void carriedOut(double[] action) {
        AgentState last = states.removeLast();
        states.addLast(withAction(last, action));
    }

    /** Whether there was a tick. */
    boolean hasActed() {
        return !states.isEmpty();
    }

    /**
     * Takes a tick.
     *
     * @param outcomes the class a modality, NaN where it was not seen
     * @return what was inferred, overwritten by the next tick
     */
    ResultBlock step(double... outcomes) {
        AgentState from = states.size() < horizon ? beginning : states.removeFirst();
        block.resume(0, SEED, new AgentState(from.steps(), from.filter(), from.action(), from.increments(), counts));
        observations.clear();
        for (int modality = 0; modality < outcomes.length; modality++) {
            observations.setObservation(0, modality, 0, outcomes[modality]);
        }
        block.step(1, observations, 0, results);
        AgentState after = block.state(0);
        counts = after.counts();
        states.addLast(withAction(after, after.action()));
        return results;
    }

    private static AgentState withAction(AgentState state, double[] action) {
        return new AgentState(state.steps(), state.filter(), action, state.increments(), AgentState.NONE);
    }
}
