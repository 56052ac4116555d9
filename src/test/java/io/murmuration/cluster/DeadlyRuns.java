package io.murmuration.cluster;

import io.murmuration.cluster.worker.InferRuns;
import io.murmuration.cluster.worker.ModelRuns;
import io.murmuration.cluster.worker.WorkerAnswer;
import org.apache.spark.api.java.function.Function;

/** What workers do, but for one agent, whose observations end the worker's process. */
final class DeadlyRuns implements Function<ModelRuns, WorkerAnswer> {
    private static final long serialVersionUID = 1L;
    static final String AGENT = "poison";

    @Override
    public WorkerAnswer call(ModelRuns input) {
        if (input.runs().stream().anyMatch(run -> run.agent().equals(AGENT))) {
            Runtime.getRuntime().halt(1);
        }
        return new InferRuns(0).call(input);
    }
}
