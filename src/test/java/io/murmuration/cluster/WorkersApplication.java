package io.murmuration.cluster;

import io.murmuration.cluster.ClusterOptions.MicroBatches;
import io.murmuration.cluster.ClusterOptions.Workers;
import io.murmuration.cluster.ClusterPerformance.Worker;
import io.murmuration.cluster.ClusterPerformance.WorkerStatus;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A cluster of real processes, one of whose tasks ends the process that does it, and whose workers come and go. */
final class WorkersApplication {
    private WorkersApplication() {}

    /**
     * @param arguments a model file, and a folder for what processes leave behind that are killed
     */
    public static void main(String[] arguments) throws InterruptedException {
        ClusterOptions options = ClusterOptions.defaults()
                .withWorkers(new Workers(1, 2, 1, 512))
                .withMicroBatches(new MicroBatches(100, Duration.ofMillis(200), 2))
                .withSpark("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .withSpark("spark.executor.extraJavaOptions", "-Djava.io.tmpdir=" + arguments[1]);
        try (InferenceCluster cluster = InferenceCluster.start(options, new DeadlyRuns())) {
            ModelReference model = cluster.register(Path.of(arguments[0]));
            findThePoison(cluster, model);
            changeWorkers(cluster, model);
        }
    }

    private static void findThePoison(InferenceCluster cluster, ModelReference model) {
        List<Submission> good = new ArrayList<>();
        Submission first = null;
        Submission second = null;
        for (int i = 0; i < 16; i++) {
            if (i == 5) {
                first = cluster.submit(DeadlyRuns.AGENT, Observation.ofOutcomes(0), model);
                second = cluster.submit(DeadlyRuns.AGENT, Observation.ofOutcomes(1), model);
            }
            good.add(cluster.submit("agent-" + i, Observation.ofOutcomes(i % 2), model));
        }
        long completed = good.stream()
                .map(submission -> submission.ended().join())
                .filter(TaskStatus.Completed.class::isInstance)
                .count();
        System.out.println("completed: " + completed);
        System.out.println("first: " + first.ended().join());
        System.out.println("second: " + second.ended().join());
    }

    private static void changeWorkers(InferenceCluster cluster, ModelReference model) {
        await(() -> cluster.performance().activeWorkers() == 1);
        cluster.addWorkers(1);
        await(() -> cluster.performance().activeWorkers() == 2);
        System.out.println("added: " + cluster.performance().totalWorkers());
        refusal(() -> cluster.addWorkers(1));
        refusal(() -> cluster.drainWorker("nobody"));
        Worker oldest = cluster.performance().workers().stream()
                .filter(worker -> worker.status() == WorkerStatus.ACTIVE)
                .findFirst()
                .orElseThrow();
        cluster.drainWorker(oldest.id());
        await(() -> cluster.performance().activeWorkers() == 1);
        TaskStatus after = cluster.submit("after", Observation.ofOutcomes(0), model)
                .ended()
                .join();
        System.out.println("drained: " + after.getClass().getSimpleName());
        cluster.performance().workers().stream()
                .filter(worker -> worker.status() == WorkerStatus.ACTIVE)
                .forEach(worker -> refusal(() -> cluster.drainWorker(worker.id())));
    }

    private static void refusal(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(20_000_000);
        }
    }
}
