package io.murmuration.cluster;

import io.murmuration.cluster.queue.AgentRun;
import io.murmuration.cluster.queue.MicroBatch;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.worker.ModelRuns;
import io.murmuration.cluster.worker.RunInput;
import io.murmuration.cluster.worker.RunOutput;
import io.murmuration.cluster.worker.WorkerAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Has a worker of Spark's do a micro-batch: a job of one task, so that a failure concerns this micro-batch and no other. Safe to
 * share between threads.
 */
final class MicroBatchRunner {
    private static final String POOL = "spark.scheduler.pool";

    private final JavaSparkContext spark;
    private final Function<ModelRuns, WorkerAnswer> work;
    private final String group;

    /**
     * @param group of Spark's jobs
     * @param work what workers do
     */
    MicroBatchRunner(JavaSparkContext spark, String group, Function<ModelRuns, WorkerAnswer> work) {
        this.spark = spark;
        this.group = group;
        this.work = work;
    }

    /**
     * Waits for a worker to do it.
     *
     * @param models those that are registered
     * @param states where each run goes on from, empty where its agent begins; one a run
     * @return what was inferred, in the order of the runs, and by whom
     */
    WorkerAnswer run(MicroBatch batch, ModelRegistry models, List<byte[]> states) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < batch.runs().size(); i++) {
            places.computeIfAbsent(batch.runs().get(i).key().model(), unused -> new ArrayList<>())
                    .add(i);
        }
        List<ModelRuns> inputs = new ArrayList<>();
        places.forEach((model, indices) -> inputs.add(new ModelRuns(
                models.broadcast(model),
                indices.stream()
                        .map(i -> input(batch.runs().get(i), states.get(i)))
                        .toList())));
        List<WorkerAnswer> answers = collect(inputs, batch);
        RunOutput[] inOrder = new RunOutput[batch.runs().size()];
        int model = 0;
        for (List<Integer> indices : places.values()) {
            for (int i = 0; i < indices.size(); i++) {
                inOrder[indices.get(i)] = answers.get(model).outputs().get(i);
            }
            model++;
        }
        return new WorkerAnswer(
                answers.get(0).worker(),
                List.of(inOrder),
                answers.stream().mapToLong(WorkerAnswer::nanoseconds).sum());
    }

    /** Whether there are no workers any more, and never will be. */
    boolean isStopped() {
        return spark.sc().isStopped();
    }

    /** Has workers leave what they have: those who wait for it fail. */
    void cancel() {
        if (!isStopped()) {
            spark.cancelJobGroup(group);
        }
    }

    private List<WorkerAnswer> collect(List<ModelRuns> inputs, MicroBatch batch) {
        // Of this thread alone, and only for this job: Spark's threads inherit what stands there when they begin.
        spark.setLocalProperty(POOL, batch.bulk() ? SchedulingPools.BULK : SchedulingPools.ALONE);
        spark.setJobGroup(
                group, batch.size() + " observations of " + batch.runs().size() + " agents", true);
        try {
            return spark.parallelize(inputs, 1).map(work).collect();
        } finally {
            spark.setLocalProperty(POOL, null);
            spark.clearJobGroup();
        }
    }

    private static RunInput input(AgentRun run, byte[] state) {
        List<Observation> observations =
                run.tasks().stream().map(task -> task.request().observation()).toList();
        return new RunInput(
                run.key().agent(),
                state,
                run.tasks().stream()
                        .mapToLong(task -> task.request().time().orElse(RunInput.PLACE))
                        .toArray(),
                observations.stream()
                        .flatMapToDouble(o -> DoubleStream.of(o.values()))
                        .toArray(),
                observations.stream()
                        .flatMapToDouble(o -> DoubleStream.of(o.action()))
                        .toArray());
    }
}
