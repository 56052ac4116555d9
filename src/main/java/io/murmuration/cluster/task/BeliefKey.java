package io.murmuration.cluster.task;

/**
 * Whose belief: an agent's under a model.
 *
 * @param model the SHA-256 of the model's text
 * @param agent the agent's id
 */
public record BeliefKey(String model, String agent) {
    /** Whose belief a request moves on. */
    public static BeliefKey of(InferenceRequest request) {
        return new BeliefKey(request.model().sha256(), request.agent());
    }
}
