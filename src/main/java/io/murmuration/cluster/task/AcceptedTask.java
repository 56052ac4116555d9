package io.murmuration.cluster.task;

import java.time.Instant;

/**
 * A task that the cluster has promised an end.
 *
 * @param number of the task, see {@link TaskId}
 * @param request what is to be inferred
 * @param bulk whether it came with a batch, and so must not stand in the way of those that came alone
 * @param submitted when it was
 */
public record AcceptedTask(long number, InferenceRequest request, boolean bulk, Instant submitted) {
    /** Whose belief it moves on. */
    public BeliefKey key() {
        return BeliefKey.of(request);
    }
}
