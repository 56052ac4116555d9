package io.murmuration.cluster.task;

import java.time.Duration;

/** What has become of a task. */
public sealed interface TaskStatus {

    /** The task has its one result, or its one failure; neither changes any more. */
    sealed interface Ended extends TaskStatus permits Completed, Failed {}

    /** This cluster has never given that id. */
    record NotFound() implements TaskStatus {}

    /**
     * The task waits, or a worker has it.
     *
     * @param dispatched whether a worker has it
     */
    record Running(boolean dispatched) implements TaskStatus {}

    /**
     * The observation was inferred.
     *
     * @param step what was inferred, with the action and the belief
     * @param waiting from the submission until the worker was given it that did it
     * @param inference what the inference took on the worker: the time of its block, divided among the block's observations
     * @param execution from the submission to the result
     */
    record Completed(InferredStep step, Duration waiting, Duration inference, Duration execution) implements Ended {}

    /**
     * The observation was not inferred, and the agent's belief is as if it had not been.
     *
     * @param reason a sentence
     */
    record Failed(String reason) implements Ended {}

    /** The task ended, and its result is kept no longer. */
    record Expired() implements TaskStatus {}
}
