package io.murmuration.inference;

import java.util.Arrays;

/**
 * Observations of a block of agents over a number of steps: {@code [step][element][lane]}, the lane varying fastest.
 *
 * <p>An element is an outcome index (discrete) or a value (Gaussian), NaN where it is missing. Recorded actions are kept
 * likewise, NaN where the agent's own choice is to be taken.
 */
public final class ObservationBlock {
    private final int lanes;
    private final int steps;
    private final int observationWidth;
    private final int actionWidth;
    private final double[] observations;
    private final double[] actions;
    private final long[] times;

    public ObservationBlock(int lanes, int steps, int observationWidth, int actionWidth) {
        this.lanes = lanes;
        this.steps = steps;
        this.observationWidth = observationWidth;
        this.actionWidth = actionWidth;
        this.observations = new double[Math.multiplyExact(steps, lanes * observationWidth)];
        this.actions = new double[Math.multiplyExact(steps, lanes * actionWidth)];
        this.times = new long[Math.multiplyExact(steps, lanes)];
        clear();
    }

    /** Forgets everything: all observations missing, no actions recorded. */
    public void clear() {
        Arrays.fill(observations, Double.NaN);
        Arrays.fill(actions, Double.NaN);
    }

    /** The stride between elements: how many lanes there is room for. */
    public int lanes() {
        return lanes;
    }

    public int steps() {
        return steps;
    }

    /** Number of elements of an action. */
    public int actionWidth() {
        return actionWidth;
    }

    /** Index in {@link #observations()} of an element of lane 0. */
    public int observationIndex(int step, int element) {
        return (step * observationWidth + element) * lanes;
    }

    /** Index in {@link #actions()} of an element of lane 0. */
    public int actionIndex(int step, int element) {
        return (step * actionWidth + element) * lanes;
    }

    /** The backing array, for engines. */
    public double[] observations() {
        return observations;
    }

    /** The backing array, for engines. */
    public double[] actions() {
        return actions;
    }

    /** The time of a lane's step: its integer {@code t}, or microseconds since the epoch. Draws depend on it. */
    public long time(int step, int lane) {
        return times[step * lanes + lane];
    }

    public void setTime(int step, int lane, long time) {
        times[step * lanes + lane] = time;
    }

    public void setObservation(int step, int element, int lane, double value) {
        observations[observationIndex(step, element) + lane] = value;
    }

    public void setAction(int step, int element, int lane, double value) {
        actions[actionIndex(step, element) + lane] = value;
    }

    /** Moves steps {@code from} to {@code to - 1} of all lanes to the front. */
    public void keep(int from, int to) {
        int steps = to - from;
        System.arraycopy(observations, observationIndex(from, 0), observations, 0, steps * observationWidth * lanes);
        System.arraycopy(actions, actionIndex(from, 0), actions, 0, steps * actionWidth * lanes);
        System.arraycopy(times, from * lanes, times, 0, steps * lanes);
    }

    public double observation(int step, int element, int lane) {
        return observations[observationIndex(step, element) + lane];
    }

    /** Whether any element of a lane's step was observed. */
    public boolean observed(int step, int lane) {
        for (int element = 0; element < observationWidth; element++) {
            if (!Double.isNaN(observation(step, element, lane))) {
                return true;
            }
        }
        return false;
    }

    public double action(int step, int element, int lane) {
        return actions[actionIndex(step, element) + lane];
    }
}
