package io.murmuration.cluster;

import io.murmuration.cluster.task.TaskId;
import io.murmuration.cluster.task.TaskStatus;
import java.util.Map;

/**
 * How far a number of tasks are.
 *
 * @param completed those that have a result
 * @param failed those that failed
 * @param results what has become of each, in the order in which they were asked for
 * @param timedOut whether the time ran out before all had ended
 */
public record BatchProgress(int completed, int failed, Map<TaskId, TaskStatus> results, boolean timedOut) {
    /** How many were asked for. */
    public int total() {
        return results.size();
    }

    /** The share of those that have a result, from 0 to 1; 1 of none. */
    public double completionRate() {
        return results.isEmpty() ? 1 : (double) completed / total();
    }
}
