package io.murmuration.cluster.queue;

import io.murmuration.cluster.task.AcceptedTask;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tasks that go to a worker together, as one task of Spark's. If that fails, all of them are under suspicion.
 *
 * @param bulk whether they came with a batch
 * @param runs of agents that differ, at least one
 * @param failures how often just these tasks have failed together
 */
public record MicroBatch(boolean bulk, List<AgentRun> runs, int failures) {
    public MicroBatch {
        runs = List.copyOf(runs);
    }

    /** How many tasks. */
    public int size() {
        return runs.stream().mapToInt(run -> run.tasks().size()).sum();
    }

    public Stream<AcceptedTask> tasks() {
        return runs.stream().flatMap(run -> run.tasks().stream());
    }

    MicroBatch failedAgain() {
        return new MicroBatch(bulk, runs, failures + 1);
    }

    /** Some of its runs, which have not failed by themselves yet. */
    MicroBatch part(List<AgentRun> some) {
        return new MicroBatch(bulk, some, 0);
    }
}
