package io.murmuration.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, now and then, how many tasks are done: where no terminal shows Spark's own progress bar. */
final class ProgressLog extends SparkListener {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);

    private final Progress progress = new Progress();

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        if (event.stageInfo().numTasks() > 1) {
            progress.started(event.stageInfo().stageId(), event.stageInfo().numTasks());
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        if (event.taskInfo().successful()) {
            progress.taskDone(event.stageId(), event.taskInfo().finishTime()).ifPresent(LOG::info);
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        progress.ended(event.stageInfo().stageId());
    }

    /** Counts tasks, and knows when it is time to say something: by the times of the events. */
    static final class Progress {
        private static final long MILLISECONDS_BETWEEN_LINES = 10_000;

        private final Map<Integer, Stage> stages = new LinkedHashMap<>();
        private long saidAtMilliseconds;

        private static final class Stage {
            private final int tasks;
            private int done;

            Stage(int tasks) {
                this.tasks = tasks;
            }
        }

        void started(int stage, int tasks) {
            stages.put(stage, new Stage(tasks));
        }

        void ended(int stage) {
            stages.remove(stage);
        }

        /** Counts a task; a line where the last one is long ago. */
        Optional<String> taskDone(int stage, long milliseconds) {
            Stage its = stages.get(stage);
            if (its == null) {
                return Optional.empty();
            }
            its.done++;
            if (saidAtMilliseconds == 0) {
                // Who is done within the time of a line needs none.
                saidAtMilliseconds = milliseconds;
            }
            if (milliseconds - saidAtMilliseconds < MILLISECONDS_BETWEEN_LINES) {
                return Optional.empty();
            }
            saidAtMilliseconds = milliseconds;
            return Optional.of("Stage " + stage + ": " + its.done + " of " + its.tasks + " tasks are done");
        }
    }
}
