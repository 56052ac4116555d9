package io.murmuration.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster is doing.
 *
 * @param address Spark's master
 * @param durability whether tasks outlive the process
 * @param workers those registered, and those lost of late
 * @param tasks what has become of tasks
 * @param agents that have a belief
 * @param trouble what keeps the cluster from going on, in a sentence
 */
public record ClusterPerformance(
        String address,
        Durability durability,
        List<Worker> workers,
        Tasks tasks,
        long agents,
        Optional<String> trouble) {

    /** Whether tasks outlive the process. */
    public enum Durability {
        /** Each task was in the journal before its id was given. */
        JOURNAL,
        /** Tasks and beliefs are lost with the process. */
        VOLATILE
    }

    /** What a worker is at. */
    public enum WorkerStatus {
        ACTIVE,
        /** It finishes what it has and takes nothing more. */
        LEAVING,
        LOST
    }

    /**
     * A worker.
     *
     * @param id Spark's id of the executor
     * @param address its host and port
     * @param status what it is at
     * @param cores micro-batches that it does at a time
     * @param memoryBytes that Spark gives its blocks at most
     * @param memoryUsedBytes of those
     * @param tasksCompleted observations that it inferred
     * @param busy how long it worked at them, all cores together
     */
    public record Worker(
            String id,
            String address,
            WorkerStatus status,
            int cores,
            long memoryBytes,
            long memoryUsedBytes,
            long tasksCompleted,
            Duration busy) {}

    /**
     * Tasks since the cluster was started; those that waited in the journal then are among the accepted. At every instant,
     * accepted = waiting + dispatched + completed + failed.
     *
     * @param accepted those that were given an id
     * @param refused those that were not
     * @param waiting for a worker
     * @param dispatched to a worker
     * @param completed with a result
     * @param failed without one, among them the cancelled
     * @param cancelled by whoever submitted them
     */
    public record Tasks(
            long accepted, long refused, int waiting, int dispatched, long completed, long failed, long cancelled) {}

    /** Workers that are registered. */
    public long totalWorkers() {
        return workers.stream().filter(w -> w.status() != WorkerStatus.LOST).count();
    }

    /** Workers that take tasks. */
    public long activeWorkers() {
        return workers.stream().filter(w -> w.status() == WorkerStatus.ACTIVE).count();
    }
}
