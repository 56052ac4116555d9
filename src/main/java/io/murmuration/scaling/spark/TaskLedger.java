package io.murmuration.scaling.spark;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.Success$;
import org.apache.spark.TaskKilled;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * What tasks took, from the events of their starts and ends: durations by stage, and sums since the last {@link #take}.
 * Events may be lost, so that nothing that adds up over time is kept here but durations; tasks of stages that have ended
 * are forgotten by {@link #retain}.
 */
final class TaskLedger extends SparkListener {
    /** Tasks that the mean of all durations looks back on. */
    private static final int MEMORY = 200;

    /** An attempt of a stage. */
    record StageKey(int stage, int attempt) {}

    private record Running(StageKey stage, long launched) {}

    /**
     * Sums over the tasks that ended since the last time.
     *
     * @param finished tasks that succeeded
     * @param failed tasks that failed (those that were killed because nobody needs them any more are neither)
     * @param seconds durations of those that succeeded
     * @param busySeconds slot-seconds that tasks took since the last time, those that still run included
     * @param runSeconds time in executors, of which the next is a part
     * @param fetchWaitSeconds waits for shuffle blocks
     * @param spilledBytes written to disk for want of memory
     */
    record Flow(
            int finished,
            int failed,
            double seconds,
            double busySeconds,
            double runSeconds,
            double fetchWaitSeconds,
            double spilledBytes) {
        static final Flow NONE = new Flow(0, 0, 0, 0, 0, 0, 0);

        private Flow plus(boolean succeeded, boolean failure, double duration, double busy, TaskMetrics metrics) {
            return new Flow(
                    finished + (succeeded ? 1 : 0),
                    failed + (failure ? 1 : 0),
                    seconds + (succeeded ? duration : 0),
                    busySeconds + busy,
                    runSeconds + (metrics == null ? 0 : metrics.executorRunTime() / 1e3),
                    fetchWaitSeconds
                            + (metrics == null
                                    ? 0
                                    : metrics.shuffleReadMetrics().fetchWaitTime() / 1e3),
                    spilledBytes + (metrics == null ? 0 : metrics.diskBytesSpilled()));
        }
    }

    private static final class Durations {
        private int count;
        private double sum;

        private void add(double seconds) {
            count++;
            sum += seconds;
        }
    }

    private final Map<Long, Running> running = new HashMap<>();
    private final Map<StageKey, Durations> byStage = new HashMap<>();
    private Set<StageKey> absentBefore = new HashSet<>();
    private Flow flow = Flow.NONE;
    private long takenAt;
    private int count;
    private double mean;

    TaskLedger(Instant now) {
        this.takenAt = now.toEpochMilli();
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
        running.put(
                start.taskInfo().taskId(),
                new Running(
                        new StageKey(start.stageId(), start.stageAttemptId()),
                        start.taskInfo().launchTime()));
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
        boolean succeeded = end.reason() == Success$.MODULE$;
        long finish = end.taskInfo().finishTime();
        double duration = (finish - end.taskInfo().launchTime()) / 1e3;
        double busy = Math.max(0, finish - Math.max(takenAt, end.taskInfo().launchTime())) / 1e3;
        flow = flow.plus(
                succeeded, !succeeded && !(end.reason() instanceof TaskKilled), duration, busy, end.taskMetrics());
        if (succeeded) {
            byStage.computeIfAbsent(new StageKey(end.stageId(), end.stageAttemptId()), any -> new Durations())
                    .add(duration);
            count = Math.min(MEMORY, count + 1);
            mean += (duration - mean) / count;
        }
    }

    /** The sums since the last call, up to now. */
    synchronized Flow take(Instant now) {
        long until = now.toEpochMilli();
        double stillRunning = running.values().stream()
                .mapToDouble(task -> Math.max(0, until - Math.max(takenAt, task.launched())) / 1e3)
                .sum();
        Flow taken = new Flow(
                flow.finished(),
                flow.failed(),
                flow.seconds(),
                flow.busySeconds() + stillRunning,
                flow.runSeconds(),
                flow.fetchWaitSeconds(),
                flow.spilledBytes());
        flow = Flow.NONE;
        takenAt = until;
        return taken;
    }

    /**
     * Forgets the stages that are not among these, now and at the call before: the event of a task may come here before
     * whoever knows the stages knows its stage.
     */
    synchronized void retain(Set<StageKey> stages) {
        Set<StageKey> absent = new HashSet<>(byStage.keySet());
        running.values().forEach(task -> absent.add(task.stage()));
        absent.removeAll(stages);
        absentBefore.retainAll(absent);
        running.values().removeIf(task -> absentBefore.contains(task.stage()));
        byStage.keySet().removeAll(absentBefore);
        absentBefore = absent;
    }

    /** Tasks that have started and not ended, as far as events told. */
    synchronized int running() {
        return running.size();
    }

    /**
     * How long a task of a stage takes, in seconds: the mean of those that ended; where none has, the larger of the mean of
     * the last tasks of all stages and of the ages of those that run. Empty where nothing is known.
     */
    synchronized OptionalDouble expectedSeconds(StageKey stage, Instant now) {
        Durations ended = byStage.get(stage);
        if (ended != null) {
            return OptionalDouble.of(ended.sum / ended.count);
        }
        OptionalDouble age = running.values().stream()
                .filter(task -> task.stage().equals(stage))
                .mapToDouble(task -> age(task, now))
                .average();
        return count == 0 ? age : OptionalDouble.of(Math.max(mean, age.orElse(0)));
    }

    /** Slot-seconds that the running tasks of a stage still take, if each takes so many seconds; an overdue one, none. */
    synchronized double remainingSeconds(StageKey stage, double expected, Instant now) {
        return running.values().stream()
                .filter(task -> task.stage().equals(stage))
                .mapToDouble(task -> Math.max(0, expected - age(task, now)))
                .sum();
    }

    /** Running tasks that have taken longer than those of their stage that ended, on average; all of a stage where none has. */
    synchronized int overdue(Instant now) {
        return (int) running.values().stream()
                .filter(task -> age(task, now) > usualSeconds(task.stage()))
                .count();
    }

    /** Seconds until the running tasks have ended, if each takes as long as its stage's do on average; an overdue one, none. */
    synchronized double remainingAtMost(Instant now) {
        return running.values().stream()
                .mapToDouble(task -> Math.max(0, usualSeconds(task.stage()) - age(task, now)))
                .max()
                .orElse(0);
    }

    private double usualSeconds(StageKey stage) {
        Durations ended = byStage.get(stage);
        return ended == null ? -1 : ended.sum / ended.count;
    }

    private static double age(Running task, Instant now) {
        return Math.max(0, now.toEpochMilli() - task.launched()) / 1e3;
    }
}
