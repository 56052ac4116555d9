package io.murmuration.cluster.task;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be inferred: an agent's next observation, under a model.
 *
 * @param agent the agent's id; an agent is another one under another model
 * @param observation its next one, in the order of submission
 * @param model under which
 * @param time of the observation, on which stochastic choices depend, as in the column {@code t} of a table; empty for its place
 *     among those that its agent's belief has seen, from 0
 * @param priority of the task, a higher one first; it never goes before an earlier observation of the same agent
 * @param deadline after which the task fails instead of being sent to a worker; empty for none
 */
public record InferenceRequest(
        String agent,
        Observation observation,
        ModelReference model,
        OptionalLong time,
        int priority,
        Optional<Instant> deadline) {

    /** @throws IllegalArgumentException if the agent's id is no text that can be written */
    public InferenceRequest {
        Objects.requireNonNull(observation, "observation");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(deadline, "deadline");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(agent)) {
            throw new IllegalArgumentException(
                    "The agent's id \"" + agent + "\" has half a character, expected whole ones");
        }
    }

    /** A request of priority 0 without a deadline. */
    public static InferenceRequest of(String agent, Observation observation, ModelReference model) {
        return new InferenceRequest(agent, observation, model, OptionalLong.empty(), 0, Optional.empty());
    }

    public InferenceRequest at(long other) {
        return new InferenceRequest(agent, observation, model, OptionalLong.of(other), priority, deadline);
    }

    public InferenceRequest withPriority(int other) {
        return new InferenceRequest(agent, observation, model, time, other, deadline);
    }

    public InferenceRequest withDeadline(Instant other) {
        return new InferenceRequest(agent, observation, model, time, priority, Optional.of(other));
    }

    /** The same with the observation as kernels take it. */
    public InferenceRequest withObservation(Observation other) {
        return new InferenceRequest(agent, other, model, time, priority, deadline);
    }
}
