package io.murmuration.cluster;

import io.murmuration.batch.CallerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a cluster is to be.
 *
 * @param master of an existing cluster, as Spark names it; empty for an embedded one
 * @param workers processes that infer
 * @param microBatches how tasks are gathered
 * @param limits of what is kept
 * @param seed of stochastic choices
 * @param journal folder that outlives the process; empty for a cluster that forgets everything when it stops
 * @param spark further settings of Spark's
 */
public record ClusterOptions(
        Optional<String> master,
        Workers workers,
        MicroBatches microBatches,
        Limits limits,
        long seed,
        Optional<Path> journal,
        Map<String, String> spark) {

    private static final Duration LONGEST = Duration.ofDays(3650);

    /**
     * Workers of an embedded cluster; for an existing one, what is asked of it for each.
     *
     * @param count how many there are at the start, at least 1
     * @param most how many there may ever be, at least {@code count}
     * @param cores micro-batches that a worker does at a time, at least 1
     * @param memoryMiB heap of a worker, at least 471, which is Spark's own minimum
     */
    public record Workers(int count, int most, int cores, int memoryMiB) {
        private static final int LEAST_MEMORY = 471;

        public Workers {
            check(count >= 1, "The number of workers is " + count + ", expected at least 1");
            check(
                    most >= count,
                    "At most " + most + " workers are allowed, expected at least the " + count + " of the start");
            check(cores >= 1, "A worker has " + cores + " cores, expected at least 1");
            check(
                    memoryMiB >= LEAST_MEMORY,
                    "A worker has " + memoryMiB + " MiB of memory, expected at least " + LEAST_MEMORY);
        }

        /** The master of an embedded cluster that has room for all of them. */
        public String embeddedMaster() {
            return "local-cluster[" + most + "," + cores + "," + memoryMiB + "]";
        }
    }

    /**
     * How tasks that come one by one are gathered. Larger and later is more throughput, smaller and sooner less waiting.
     *
     * @param size tasks that go to a worker together, at most
     * @param age how long a task waits for others, at most
     * @param attempts how often a task is tried alone after all others that failed with it have been told apart, at least 1
     */
    public record MicroBatches(int size, Duration age, int attempts) {
        public MicroBatches {
            check(size >= 1, "A micro-batch has " + size + " tasks at most, expected at least 1");
            checkTime("A task waits for others for", age);
            check(attempts >= 1, "A task is tried " + attempts + " times, expected at least 1");
        }
    }

    /**
     * What is kept at most.
     *
     * @param tasks without an end; further ones are refused
     * @param agents with a belief; observations of further ones are refused
     * @param results of ended tasks; the oldest go first
     * @param resultAge how long a result is kept
     */
    public record Limits(int tasks, long agents, int results, Duration resultAge) {
        public Limits {
            check(tasks >= 1, "The queue holds " + tasks + " tasks, expected at least 1");
            check(agents >= 1, "There are " + agents + " agents at most, expected at least 1");
            check(results >= 0, results + " results are kept, expected at least 0");
            checkTime("Results are kept for", resultAge);
        }
    }

    public ClusterOptions {
        spark = Map.copyOf(spark);
    }

    private static void checkTime(String what, Duration time) {
        check(
                !time.isNegative() && time.compareTo(LONGEST) <= 0,
                what + " " + time + ", expected no negative time and at most " + LONGEST);
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new CallerException(sentence);
        }
    }

    /** An embedded cluster of two workers of one core and 1 GiB each, without a journal. */
    public static ClusterOptions defaults() {
        return new ClusterOptions(
                Optional.empty(),
                new Workers(2, 2, 1, 1024),
                new MicroBatches(500, Duration.ofMillis(5), 3),
                new Limits(100_000, 10_000_000, 100_000, Duration.ofMinutes(10)),
                0,
                Optional.empty(),
                Map.of());
    }

    public ClusterOptions withMaster(String other) {
        return new ClusterOptions(Optional.of(other), workers, microBatches, limits, seed, journal, spark);
    }

    public ClusterOptions withWorkers(Workers other) {
        return new ClusterOptions(master, other, microBatches, limits, seed, journal, spark);
    }

    public ClusterOptions withMicroBatches(MicroBatches other) {
        return new ClusterOptions(master, workers, other, limits, seed, journal, spark);
    }

    public ClusterOptions withLimits(Limits other) {
        return new ClusterOptions(master, workers, microBatches, other, seed, journal, spark);
    }

    public ClusterOptions withSeed(long other) {
        return new ClusterOptions(master, workers, microBatches, limits, other, journal, spark);
    }

    public ClusterOptions withJournal(Path folder) {
        return new ClusterOptions(master, workers, microBatches, limits, seed, Optional.of(folder), spark);
    }

    /** The same with one more setting of Spark's. */
    public ClusterOptions withSpark(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(spark);
        more.put(key, value);
        return new ClusterOptions(master, workers, microBatches, limits, seed, journal, more);
    }
}
