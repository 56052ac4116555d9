package io.murmuration.cluster.task;

import java.time.Instant;
import java.util.Optional;

/**
 * What is to be inferred: an agent's next observation, under a model.
 *
 * @param agent the agent's id; an agent is another one under another model
 * @param observation its next one
 * @param model under which
 * @param priority of the task, a higher one first; it never goes before an earlier observation of the same agent
 * @param deadline after which the task fails instead of being sent to a worker; empty for none
 */
public record InferenceRequest(
        String agent, Observation observation, ModelReference model, int priority, Optional<Instant> deadline) {

    /** A request of priority 0 without a deadline. */
    public static InferenceRequest of(String agent, Observation observation, ModelReference model) {
        return new InferenceRequest(agent, observation, model, 0, Optional.empty());
    }

    public InferenceRequest withPriority(int other) {
        return new InferenceRequest(agent, observation, model, other, deadline);
    }

    public InferenceRequest withDeadline(Instant other) {
        return new InferenceRequest(agent, observation, model, priority, Optional.of(other));
    }
}
