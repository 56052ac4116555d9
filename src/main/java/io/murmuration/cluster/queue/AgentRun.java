package io.murmuration.cluster.queue;

import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.BeliefKey;
import java.util.List;

/**
 * Tasks of one agent that a worker does one after the other.
 *
 * @param key whose belief they move on
 * @param tasks in the order of their submission, at least one
 */
public record AgentRun(BeliefKey key, List<AcceptedTask> tasks) {
    public AgentRun {
        tasks = List.copyOf(tasks);
    }
}
