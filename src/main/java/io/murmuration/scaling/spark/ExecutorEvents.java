package io.murmuration.scaling.spark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Hands what happens to executors from Spark's listener thread to the one that controls them. */
final class ExecutorEvents extends SparkListener {
    private final Queue<ExecutorEvent> events = new ConcurrentLinkedQueue<>();

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        events.add(new ExecutorEvent.Added(added.executorId(), Instant.ofEpochMilli(added.time())));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        events.add(new ExecutorEvent.Removed(
                removed.executorId(), Instant.ofEpochMilli(removed.time()), removed.reason()));
    }

    /** All since the last call, in order. */
    List<ExecutorEvent> take() {
        List<ExecutorEvent> taken = new ArrayList<>();
        for (ExecutorEvent event = events.poll(); event != null; event = events.poll()) {
            taken.add(event);
        }
        return taken;
    }
}
