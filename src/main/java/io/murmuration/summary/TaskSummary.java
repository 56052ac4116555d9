package io.murmuration.summary;

import java.util.List;

/**
 * What became of tasks that were given to workers, or to agents.
 *
 * @param series where they stood over time
 * @param waitingSeconds of each task from its submission to its first start; not changed any more
 * @param runningSeconds of each task that ran, from its last start to its end; not changed any more
 * @param workers those who did them
 * @param failures why tasks failed
 */
public record TaskSummary(
        TaskSeries series,
        QuantileSketch waitingSeconds,
        QuantileSketch runningSeconds,
        List<WorkerLoad> workers,
        List<TaskFailure> failures) {
    public TaskSummary {
        workers = List.copyOf(workers);
        failures = List.copyOf(failures);
    }

    /**
     * What a worker did.
     *
     * @param name of the worker or agent
     * @param tasks that it ended, in whatever way
     * @param busy the share of its time in which it worked, in [0, 1]
     */
    public record WorkerLoad(String name, long tasks, double busy) {}

    /**
     * Tasks that failed for one reason.
     *
     * @param reason in words
     * @param tasks how many
     * @param example the name of one of them
     */
    public record TaskFailure(String reason, long tasks, String example) {}
}
