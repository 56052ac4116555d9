package io.murmuration.inference;

import java.util.List;

/** Dirichlet counts after a sequence: from an agent's state, or from increments summed over a population. */
public interface CountLearning {
    /** Learns nothing. */
    CountLearning NONE = new CountLearning() {
        @Override
        public boolean ofPopulation() {
            return false;
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public double[] increments(AgentState state) {
            return AgentState.NONE;
        }

        @Override
        public Learned learned(AgentState state) {
            throw new IllegalStateException("This model does not learn");
        }

        @Override
        public Learned learned(double[] increments) {
            throw new IllegalStateException("This model does not learn");
        }
    };

    /**
     * Counts, each a list of tensors flattened row-major; lists are empty where the model has no such counts.
     */
    record Learned(List<double[]> pA, List<double[]> pB, List<double[]> pD) {}

    /** Whether increments of all agents are summed before one update. */
    boolean ofPopulation();

    /** Number of increments; 0 if the model does not learn. */
    int width();

    /**
     * The increments of an agent, for a population's sum.
     *
     * @throws IllegalArgumentException with a sentence if the state is none of this model's
     */
    double[] increments(AgentState state);

    /**
     * The counts of an agent whose sequence has ended.
     *
     * @throws IllegalArgumentException with a sentence if the state is none of this model's
     */
    Learned learned(AgentState state);

    /** The counts of a population whose increments were summed. */
    Learned learned(double[] increments);
}
