package io.murmuration.scaling.spark;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.StageData;
import scala.jdk.javaapi.CollectionConverters;

/** The stages of a SparkContext that have tasks to do, as Spark's status has them. */
final class ActiveStages implements Supplier<List<StageProgress>> {
    private final SparkContext context;

    ActiveStages(SparkContext context) {
        this.context = context;
    }

    @Override
    public List<StageProgress> get() {
        return CollectionConverters.asJava(context.statusStore().activeStages()).stream()
                .map(ActiveStages::progress)
                .filter(stage -> stage.tasks() > 0)
                .toList();
    }

    private static StageProgress progress(StageData stage) {
        int running = stage.numActiveTasks();
        // Speculative copies run beside a task that is counted already.
        int pending = Math.max(0, stage.numTasks() - stage.numCompletedIndices() - running);
        return new StageProgress(stage.stageId(), stage.attemptId(), stage.name(), pending, running);
    }
}
