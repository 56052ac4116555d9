package io.murmuration.jobs;

import io.murmuration.scaling.plant.PlantStep;
import io.murmuration.scaling.spark.BacktestTask;
import io.murmuration.scaling.spark.StepStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes the steps of backtests as CSV files: each attempt of a task into a folder of its own, so that the driver takes those
 * of attempts that succeeded.
 */
final class StepFiles implements StepStore {
    private static final long serialVersionUID = 1L;
    static final String TABLE = "steps";

    private final String work;
    private final Map<BacktestTask, String> names;
    private final SerializableConfiguration hadoop;

    /**
     * @param work a folder that driver and executors share
     * @param names of the files, without their ending
     */
    StepFiles(String work, Map<BacktestTask, String> names, SerializableConfiguration hadoop) {
        this.work = work;
        this.names = Map.copyOf(names);
        this.hadoop = hadoop;
    }

    /** The table of a trace's steps, inside the output folder. */
    static String tableOf(String trace) {
        return TABLE + "/" + trace;
    }

    @Override
    public Steps open(String trace, BacktestTask task) throws IOException {
        String attempt = work + "/attempt-" + TaskContext.get().taskAttemptId();
        Path file = new Path(new Path(attempt, tableOf(trace)), names.get(task) + ".csv");
        Writer writer = new BufferedWriter(
                new OutputStreamWriter(file.getFileSystem(hadoop.value()).create(file, true), StandardCharsets.UTF_8));
        writer.write("step,load,desired,ready,queue\n");
        return new Steps() {
            @Override
            public void add(PlantStep step) throws IOException {
                writer.write(step.step() + "," + step.load() + "," + step.desired() + "," + step.ready() + ","
                        + step.queue() + "\n");
            }

            @Override
            public String location() {
                return attempt;
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }
}
