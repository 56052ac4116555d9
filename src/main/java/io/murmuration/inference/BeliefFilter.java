package io.murmuration.inference;

/**
 * Perception: the belief about the present state, from the prediction and an observation, for a range of lanes.
 *
 * <p>A filter owns the filtered belief and its marginals; the two are the same rows unless the filter works on the joint
 * of the factors.
 */
interface BeliefFilter {

    /** The filtered belief, a row a value; what an {@link AgentState} keeps. */
    double[][] filtered();

    /** The marginal beliefs, {@code [factor][state]}, each a row. */
    double[][][] marginals();

    /** Told after the filtered belief of a lane was put back from an {@link AgentState}. */
    void restored(int lane);

    /**
     * Sets the prior of lanes: D before the first step, else what the last belief and action predict.
     *
     * @param steps steps that each lane has taken
     * @param actions {@code [factor][lane]}, the action after the last step
     * @param predicted {@code [factor][action · states + next state]}, each a row
     */
    void predict(long[] steps, int[][] actions, double[][][] predicted, int from, int to);

    /**
     * Updates the belief.
     *
     * @param outcomes {@code [modality][lane]}, the number of outcomes where missing
     * @param freeEnergy a row, written, in nats
     * @param impossible a row, written: 1 where the model gave the observation no more probability than the floor of the
     *     logarithms does; a mean field looks at one modality at a time
     */
    void perceive(int[][] outcomes, double[] freeEnergy, double[] impossible, int from, int to);
}
