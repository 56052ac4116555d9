package io.murmuration.scaling.spark;

import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.backtest.Backtest;
import io.murmuration.scaling.backtest.BacktestMeasures;
import io.murmuration.scaling.backtest.LoadTrace;
import io.murmuration.scaling.backtest.Profile;
import io.murmuration.scaling.plant.PlantStep;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Backtests side by side on Spark, a task each. A result depends on its trace, policy and setting alone. */
public final class BacktestRun implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<List<LoadTrace>> traces;
    private final Duration provisioningDelay;
    private final int from;
    private final StepStore store;

    private BacktestRun(Broadcast<List<LoadTrace>> traces, Duration provisioningDelay, int from, StepStore store) {
        this.traces = traces;
        this.provisioningDelay = provisioningDelay;
        this.from = from;
        this.store = store;
    }

    /**
     * Runs all tasks.
     *
     * @param provisioningDelay from asking for an instance until it works
     * @param from the first step that counts
     * @param store where steps are written
     * @return the results in the order of the tasks
     */
    public static List<BacktestResult> run(
            JavaSparkContext spark,
            List<LoadTrace> traces,
            Duration provisioningDelay,
            int from,
            List<BacktestTask> tasks,
            StepStore store) {
        Broadcast<List<LoadTrace>> everywhere = spark.broadcast(traces);
        try {
            BacktestRun run = new BacktestRun(everywhere, provisioningDelay, from, store);
            return spark.parallelize(tasks, tasks.size()).map(run::run).collect();
        } finally {
            everywhere.destroy();
        }
    }

    private BacktestResult run(BacktestTask task) throws IOException {
        LoadTrace trace = traces.value().get(task.trace());
        if (!task.keepsSteps()) {
            return run(task, trace, step -> {}, "");
        }
        try (StepStore.Steps steps = store.open(trace.name(), task)) {
            return run(task, trace, step -> add(steps, step), steps.location());
        }
    }

    private BacktestResult run(BacktestTask task, LoadTrace trace, Consumer<PlantStep> steps, String stepsAt) {
        Backtest backtest = new Backtest(trace, provisioningDelay);
        ScalingPolicy policy = backtest.policies().get(task.policy()).create(Backtest.CONTEXT, task.setting());
        BacktestMeasures measures = new BacktestMeasures(trace, from);
        Profile.Builder ready = new Profile.Builder(from, trace.steps());
        int day = trace.heaviestDay(from);
        Profile.Builder readyThatDay = new Profile.Builder(day, trace.endOfDay(day));
        backtest.run(policy, step -> {
            measures.add(step);
            ready.add(step.step(), step.ready());
            readyThatDay.add(step.step(), step.ready());
            steps.accept(step);
        });
        return new BacktestResult(task, new EnumMap<>(measures.all()), ready.build(), readyThatDay.build(), stepsAt);
    }

    private static void add(StepStore.Steps steps, PlantStep step) {
        try {
            steps.add(step);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
