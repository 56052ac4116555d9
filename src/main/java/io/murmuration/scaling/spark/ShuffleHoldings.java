package io.murmuration.scaling.spark;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.CleanerListener;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Knows which executors hold shuffle files that may be read again, as Spark's shuffle tracking does: those of jobs and
 * queries that run (a query runs each of its map stages as a job of its own, and reads the files in a later one), and those
 * that were in use a while ago, until Spark cleans them up. A lost event makes an executor hold nothing or hold on for
 * longer than it need; results do not depend on it, since Spark computes lost files again.
 */
final class ShuffleHoldings extends SparkListener implements CleanerListener {
    private final Duration timeout;
    private final InstantSource clock;
    private final Map<Integer, Integer> shuffleOfStage = new HashMap<>();
    private final Map<Integer, Set<Integer>> shufflesOfJob = new HashMap<>();
    private final Map<Long, Set<Integer>> shufflesOfQuery = new HashMap<>();
    private final Map<Integer, Instant> lastUses = new HashMap<>();
    private final Map<Integer, Set<String>> holders = new HashMap<>();

    /** @param timeout how long files that nobody uses any more are held on to */
    ShuffleHoldings(Duration timeout, InstantSource clock) {
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart job) {
        Set<Integer> shuffles = new HashSet<>();
        for (StageInfo stage : CollectionConverters.asJava(job.stageInfos())) {
            if (stage.shuffleDepId().isDefined()) {
                int shuffle = (Integer) stage.shuffleDepId().get();
                shuffleOfStage.put(stage.stageId(), shuffle);
                shuffles.add(shuffle);
            }
        }
        shufflesOfJob.put(job.jobId(), shuffles);
        query(job).ifPresent(query -> shufflesOfQuery
                .computeIfAbsent(query, any -> new HashSet<>())
                .addAll(shuffles));
        used(shuffles, job.time());
    }

    private static Optional<Long> query(SparkListenerJobStart job) {
        return Optional.ofNullable(job.properties())
                .map(properties -> properties.getProperty(SQLExecution.EXECUTION_ID_KEY()))
                .map(Long::valueOf);
    }

    private void used(Set<Integer> shuffles, long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        shuffles.forEach(shuffle -> lastUses.merge(shuffle, at, (one, other) -> one.isAfter(other) ? one : other));
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
        Integer shuffle = shuffleOfStage.get(task.stageId());
        if (shuffle != null && task.reason() == Success$.MODULE$) {
            holders.computeIfAbsent(shuffle, any -> new HashSet<>())
                    .add(task.taskInfo().executorId());
        }
    }

    @Override
    public synchronized void onJobEnd(SparkListenerJobEnd job) {
        ended(shufflesOfJob.remove(job.jobId()), job.time());
    }

    @Override
    public synchronized void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof SparkListenerSQLExecutionEnd query) {
            ended(shufflesOfQuery.remove(query.executionId()), query.time());
        }
    }

    /** Null where the beginning was lost. */
    private void ended(Set<Integer> shuffles, long millis) {
        if (shuffles != null) {
            used(shuffles, millis);
        }
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        holders.values().forEach(executors -> executors.remove(removed.executorId()));
    }

    @Override
    public synchronized void shuffleCleaned(int shuffle) {
        holders.remove(shuffle);
        lastUses.remove(shuffle);
        shuffleOfStage.values().removeIf(written -> written == shuffle);
        inUse().forEach(shuffles -> shuffles.remove(shuffle));
    }

    private Stream<Set<Integer>> inUse() {
        return Stream.concat(shufflesOfJob.values().stream(), shufflesOfQuery.values().stream());
    }

    /** Executors with shuffle files that a running job or query may read, or one to come. */
    synchronized Set<String> executors() {
        Instant now = clock.instant();
        Set<Integer> wanted = new HashSet<>();
        inUse().forEach(wanted::addAll);
        lastUses.forEach((shuffle, at) -> {
            if (Duration.between(at, now).compareTo(timeout) <= 0) {
                wanted.add(shuffle);
            }
        });
        Set<String> all = new HashSet<>();
        wanted.forEach(shuffle -> all.addAll(holders.getOrDefault(shuffle, Set.of())));
        return all;
    }

    @Override
    public void rddCleaned(int rdd) {}

    @Override
    public void broadcastCleaned(long broadcast) {}

    @Override
    public void accumCleaned(long accumulator) {}

    @Override
    public void checkpointCleaned(long rdd) {}
}
