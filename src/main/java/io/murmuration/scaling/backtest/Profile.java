package io.murmuration.scaling.backtest;

import java.io.Serializable;

/**
 * Something of a run over time, coarse enough to be drawn: its mean over each stretch of steps.
 *
 * @param first the first step
 * @param stretch steps that make up a value
 * @param means a value for each stretch
 */
public record Profile(int first, int stretch, double[] means) implements Serializable {
    private static final int MOST_VALUES = 480;

    /** Adds up values of steps. */
    public static final class Builder {
        private final int first;
        private final int stretch;
        private final double[] means;

        /**
         * A profile of at most 480 values.
         *
         * @param first the first step
         * @param end one after the last step; what is left over at the end is left out
         */
        public Builder(int first, int end) {
            this.first = first;
            stretch = Math.max(1, (end - first + MOST_VALUES - 1) / MOST_VALUES);
            means = new double[(end - first) / stretch];
        }

        /** Takes in a step's value; steps outside are passed over. */
        public void add(int step, double value) {
            int place = Math.floorDiv(step - first, stretch);
            if (place >= 0 && place < means.length) {
                means[place] += value / stretch;
            }
        }

        public Profile build() {
            return new Profile(first, stretch, means.clone());
        }
    }

    /** The demand of a trace over the same stretches: what its load keeps busy, in instances, whole or not. */
    public Profile demand(LoadTrace trace) {
        double[] demand = new double[means.length];
        for (int step = first; step < first + stretch * means.length; step++) {
            demand[(step - first) / stretch] += trace.loads()[step] / trace.capacity() / stretch;
        }
        return new Profile(first, stretch, demand);
    }
}
