package io.murmuration.inference;

/**
 * The beliefs of a number of agents ("lanes") in primitive arrays. One thread at a time. Nothing is allocated in a step.
 */
public interface AgentBlock {

    /** Puts a lane before its first observation: the belief is the model's prior. */
    void start(int lane, long agentKey);

    /**
     * Puts a lane where a state was taken.
     *
     * @throws IllegalArgumentException if the state does not fit the model
     */
    void resume(int lane, long agentKey, AgentState state);

    /** What it takes to go on from here, for one lane. */
    AgentState state(int lane);

    /**
     * Moves lanes 0 to {@code lanes - 1} by one observation each: predict, perceive, plan, act, learn.
     *
     * @param lanes how many lanes take the step
     * @param observations where the observations stand
     * @param step which step of both blocks
     * @param results where all columns of {@link InferenceKernel#layout()} are written
     */
    void step(int lanes, ObservationBlock observations, int step, ResultBlock results);
}
