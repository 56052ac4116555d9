package io.murmuration.scaling.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskState$;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import scala.Option;
import scala.collection.immutable.Nil$;
import scala.jdk.javaapi.CollectionConverters;

/** Events as Spark's scheduler sends them. */
final class SparkEvents {
    private SparkEvents() {}

    private static TaskInfo task(long id, long launched, String executor) {
        return new TaskInfo(id, (int) id, 0, (int) id, launched, executor, "localhost", TaskLocality.ANY(), false);
    }

    static SparkListenerTaskStart start(int stage, long id, long launched) {
        return new SparkListenerTaskStart(stage, 0, task(id, launched, "1"));
    }

    static SparkListenerTaskEnd success(int stage, long id, long launched, long finished, String executor) {
        return end(stage, id, launched, finished, executor, Success$.MODULE$, new TaskMetrics());
    }

    static SparkListenerTaskEnd end(
            int stage,
            long id,
            long launched,
            long finished,
            String executor,
            TaskEndReason reason,
            TaskMetrics metrics) {
        TaskInfo info = task(id, launched, executor);
        info.markFinished(
                reason == Success$.MODULE$ ? TaskState$.MODULE$.FINISHED() : TaskState$.MODULE$.FAILED(), finished);
        return new SparkListenerTaskEnd(stage, 0, "ResultTask", reason, info, new ExecutorMetrics(), metrics);
    }

    /** A job whose stages have the ids 0, 1, … of the shuffles that they write, −1 for none. */
    static SparkListenerJobStart job(int id, int firstStage, int... shuffles) {
        return job(new Properties(), id, firstStage, shuffles);
    }

    /** The same as part of an execution of SQL. */
    static SparkListenerJobStart jobOfQuery(long query, int id, int firstStage, int... shuffles) {
        Properties properties = new Properties();
        properties.setProperty("spark.sql.execution.id", Long.toString(query));
        return job(properties, id, firstStage, shuffles);
    }

    private static SparkListenerJobStart job(Properties properties, int id, int firstStage, int... shuffles) {
        List<StageInfo> stages = new ArrayList<>();
        for (int i = 0; i < shuffles.length; i++) {
            stages.add(new StageInfo(
                    firstStage + i,
                    0,
                    "stage",
                    1,
                    nil(),
                    nil(),
                    "",
                    new TaskMetrics(),
                    nil(),
                    shuffles[i] < 0 ? Option.empty() : Option.apply(shuffles[i]),
                    ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID(),
                    false,
                    0));
        }
        return new SparkListenerJobStart(
                id, 0, CollectionConverters.asScala(stages).toList(), properties);
    }

    @SuppressWarnings("unchecked")
    private static <T> scala.collection.immutable.Seq<T> nil() {
        return (scala.collection.immutable.Seq<T>) (Object) Nil$.MODULE$;
    }
}
