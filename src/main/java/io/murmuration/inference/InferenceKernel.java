package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.LinearGaussianModel;

/** A model compiled for inference over blocks of agents. Immutable and safe to share between threads. */
public interface InferenceKernel {

    /** Compiles a model. */
    static InferenceKernel compile(GenerativeModel model) {
        if (model instanceof DiscreteModel discrete) {
            return DiscreteKernel.compile(discrete);
        }
        return LinearGaussianKernel.compile((LinearGaussianModel) model);
    }

    /** What a step yields, and where it stands in a {@link ResultBlock}. */
    ResultLayout layout();

    /** Number of elements of an observation. */
    int observationWidth();

    /** Number of elements of an action; 0 if the agent only perceives. */
    int actionWidth();

    /**
     * Working memory for a number of agents.
     *
     * @param lanes how many agents at most take a step together, at least 1
     * @param seed of the stochastic choice of actions
     */
    AgentBlock block(int lanes, long seed);

    /** Working memory that each agent of a {@link #block} takes, about, in bytes. */
    long laneBytes();

    /** The smoother of this model: beliefs about the past in the light of what came later. */
    Smoother smoother();

    /** Learning of Dirichlet counts; a {@link CountLearning} of width 0 where the model does not learn. */
    CountLearning learning();
}
