package io.murmuration.cluster;

import io.murmuration.cluster.task.TaskId;
import io.murmuration.cluster.task.TaskStatus;
import java.util.concurrent.CompletableFuture;

/**
 * A task that was taken.
 *
 * @param id by which it can be asked for
 * @param ended completes when the task has ended, well or badly, or exceptionally if the cluster is stopped before; completing or
 *     cancelling it has no effect on the task. What depends on it must not wait for other tasks: it runs where results are told.
 */
public record Submission(TaskId id, CompletableFuture<TaskStatus.Ended> ended) {}
