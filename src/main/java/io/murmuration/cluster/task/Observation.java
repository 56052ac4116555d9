package io.murmuration.cluster.task;

import java.util.Arrays;

/**
 * What an agent saw, and what it did after that where this is known.
 *
 * @param values an outcome index a modality, or a real number an element; NaN where it is missing
 * @param action an index a factor, or a real number an element, as recorded; empty where the agent's own choice is to be taken
 */
public record Observation(double[] values, double[] action) {
    private static final double[] NONE = {};

    /** Outcome indices, one a modality. */
    public static Observation ofOutcomes(int... outcomes) {
        return new Observation(Arrays.stream(outcomes).asDoubleStream().toArray(), NONE);
    }

    /** Real numbers, or outcome indices where some are missing; NaN where one is. */
    public static Observation of(double... values) {
        return new Observation(values.clone(), NONE);
    }

    /** The same with the action that was recorded after it, which drives the next prior. */
    public Observation withAction(double... recorded) {
        return new Observation(values, recorded.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Observation that
                && Arrays.equals(values, that.values)
                && Arrays.equals(action, that.action);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(action);
    }

    @Override
    public String toString() {
        return Arrays.toString(values) + (action.length == 0 ? "" : " then " + Arrays.toString(action));
    }
}
