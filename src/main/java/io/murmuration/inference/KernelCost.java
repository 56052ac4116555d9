package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.LinearGaussianModel;
import java.util.List;

/**
 * What a model costs to run, counted from its sizes: bytes, and operations an agent and step.
 *
 * @param resultBytes of the results of an agent and step, diagnostics included, in double precision
 * @param stateBytes of what is kept of an agent between runs
 * @param tableBytes of the tables that the model is compiled into
 * @param tablesOfEachAgent whether every agent has tables of its own
 * @param stages of a step, in their order
 */
public record KernelCost(
        long resultBytes, long stateBytes, long tableBytes, boolean tablesOfEachAgent, List<Stage> stages) {

    /** A part of a step and what it takes for one agent, all of an observation seen and no action recorded. */
    public record Stage(String name, Operations operations) {}

    public static KernelCost of(GenerativeModel model) {
        return model instanceof DiscreteModel discrete
                ? DiscreteCost.of(discrete)
                : LinearGaussianCost.of((LinearGaussianModel) model);
    }

    /** All stages together. */
    public Operations total() {
        return stages.stream().map(Stage::operations).reduce(Operations.NONE, Operations::plus);
    }

    static long resultBytes(InferenceKernel kernel) {
        return (long) Double.BYTES * kernel.layout().width();
    }

    static long stateBytes(InferenceKernel kernel) {
        AgentBlock block = kernel.block(1, 0);
        block.start(0, 0);
        return AgentStateCodec.encode(block.state(0)).length;
    }
}
