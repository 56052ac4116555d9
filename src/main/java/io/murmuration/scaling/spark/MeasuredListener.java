package io.murmuration.scaling.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Passes Spark's events on to those who want them, and measures the processor time that they take on Spark's thread. */
final class MeasuredListener extends SparkListener {
    private final OwnTime ownTime;
    private final ExecutorEvents executors;
    private final ShuffleHoldings shuffles;
    private final TaskLedger tasks;
    private final StreamLedger streams;

    MeasuredListener(
            OwnTime ownTime,
            ExecutorEvents executors,
            ShuffleHoldings shuffles,
            TaskLedger tasks,
            StreamLedger streams) {
        this.ownTime = ownTime;
        this.executors = executors;
        this.shuffles = shuffles;
        this.tasks = tasks;
        this.streams = streams;
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        ownTime.of(() -> shuffles.onJobStart(job));
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
        ownTime.of(() -> shuffles.onJobEnd(job));
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
        ownTime.of(() -> tasks.onTaskStart(task));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        ownTime.of(() -> {
            tasks.onTaskEnd(task);
            shuffles.onTaskEnd(task);
        });
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        ownTime.of(() -> executors.onExecutorAdded(added));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        ownTime.of(() -> {
            executors.onExecutorRemoved(removed);
            shuffles.onExecutorRemoved(removed);
        });
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
        ownTime.of(() -> {
            streams.onOtherEvent(event);
            shuffles.onOtherEvent(event);
        });
    }
}
