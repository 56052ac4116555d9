package io.murmuration.scaling.spark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Knows which executors hold shuffle files of jobs that still run, as Spark's shuffle tracking does. A lost event makes an
 * executor hold nothing or hold on for longer than it need; results do not depend on it, since Spark computes lost files
 * again.
 */
final class ShuffleHoldings extends SparkListener {
    private final Map<Integer, Integer> shuffleOfStage = new HashMap<>();
    private final Map<Integer, Set<Integer>> shufflesOfJob = new HashMap<>();
    private final Map<Integer, Set<String>> holders = new HashMap<>();

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
        shufflesOfJob.remove(job.jobId());
        Set<Integer> inUse = new HashSet<>();
        shufflesOfJob.values().forEach(inUse::addAll);
        holders.keySet().retainAll(inUse);
        shuffleOfStage.values().retainAll(inUse);
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        holders.values().forEach(executors -> executors.remove(removed.executorId()));
    }

    /** Executors with shuffle files that a running job may read. */
    synchronized Set<String> executors() {
        Set<String> all = new HashSet<>();
        holders.values().forEach(all::addAll);
        return all;
    }
}
