package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.cluster.ClusterOptions;
import io.murmuration.cluster.ClusterOptions.Limits;
import io.murmuration.cluster.ClusterOptions.MicroBatches;
import io.murmuration.cluster.ClusterOptions.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Option;

/** The options of a cluster: its workers, how tasks are gathered, and what is kept. */
final class ClusterArguments {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "processes that infer; with a local master an embedded cluster of so many (default: with a local"
                            + " master threads of this process, else 2)")
    private Optional<Integer> workers = Optional.empty();

    @Option(
            names = "--worker-cores",
            defaultValue = "1",
            paramLabel = "N",
            description = "micro-batches that a worker does at a time (default: ${DEFAULT-VALUE})")
    private int cores;

    @Option(
            names = "--worker-memory",
            defaultValue = "1024",
            paramLabel = "MIB",
            description = "heap of a worker (default: ${DEFAULT-VALUE})")
    private int memory;

    @Option(
            names = "--micro-batch",
            defaultValue = "500",
            paramLabel = "N",
            description = "tasks that go to a worker together, at most (default: ${DEFAULT-VALUE})")
    private int size;

    @Option(
            names = "--micro-batch-age",
            defaultValue = "5",
            paramLabel = "MS",
            description = "how long a task waits for others to go with, at most (default: ${DEFAULT-VALUE})")
    private long age;

    @Option(
            names = "--queue",
            defaultValue = "100000",
            paramLabel = "N",
            description = "tasks without a result, at most (default: ${DEFAULT-VALUE})")
    private int queue;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "seed of stochastic choices (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "where tasks and beliefs outlive the process; started again, it goes on with them")
    private Optional<Path> journal = Optional.empty();

    /**
     * How the cluster is to be.
     *
     * @throws CallerException if a number is out of its range
     */
    ClusterOptions options() {
        ClusterOptions defaults = ClusterOptions.defaults();
        int count = workers.orElse(defaults.workers().count());
        ClusterOptions options = defaults.withWorkers(new Workers(count, count, cores, memory))
                .withMicroBatches(new MicroBatches(
                        size, Duration.ofMillis(age), defaults.microBatches().attempts()))
                .withLimits(new Limits(
                        queue,
                        defaults.limits().agents(),
                        Math.max(queue, defaults.limits().results()),
                        defaults.limits().resultAge()))
                .withSeed(seed);
        if (workers.isPresent() && new SparkConf().get("spark.master", "local").matches("local(\\[.*\\])?")) {
            options = options.withMaster(options.workers().embeddedMaster());
        }
        return journal.isPresent() ? options.withJournal(journal.get()) : options;
    }
}
