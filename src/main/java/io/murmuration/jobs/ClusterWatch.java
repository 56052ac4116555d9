package io.murmuration.jobs;

import io.murmuration.cluster.ClusterPerformance;
import io.murmuration.cluster.ClusterPerformance.Tasks;
import io.murmuration.cluster.ClusterPerformance.Worker;
import io.murmuration.cluster.InferenceCluster;
import io.murmuration.cluster.task.TaskStatus.Completed;
import io.murmuration.cluster.task.TaskStatus.Ended;
import io.murmuration.cluster.task.TaskStatus.Failed;
import io.murmuration.report.StatusPage;
import io.murmuration.report.StatusPage.Phase;
import io.murmuration.report.StatusPage.Table;
import io.murmuration.report.TimeChart;
import io.murmuration.summary.QuantileSketch;
import io.murmuration.summary.TaskMoment;
import io.murmuration.summary.TaskSeries;
import io.murmuration.summary.TaskSummary;
import io.murmuration.summary.TaskSummary.TaskFailure;
import io.murmuration.summary.TaskSummary.WorkerLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Looks at a cluster from time to time, for the page that shows how it stands and for the report at its end. */
final class ClusterWatch implements AutoCloseable {
    private static final long EVERY_MS = 250;
    private static final double NANOSECONDS = 1e9;

    private final InferenceCluster cluster;
    private final InstantSource clock;
    private final Instant start;
    private final TaskSeries series = new TaskSeries();
    private final QuantileSketch waiting = new QuantileSketch();
    private final QuantileSketch running = new QuantileSketch();
    private final QuantileSketch execution = new QuantileSketch();
    private final Map<String, TaskFailure> failures = new HashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread looking = new Thread(work, "cluster-watch");
        looking.setDaemon(true);
        return looking;
    });

    private ClusterWatch(InferenceCluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
        start = clock.instant();
    }

    static ClusterWatch start(InferenceCluster cluster, InstantSource clock) {
        ClusterWatch watch = new ClusterWatch(cluster, clock);
        watch.thread.scheduleAtFixedRate(watch::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
        return watch;
    }

    private synchronized void look() {
        Tasks tasks = cluster.performance().tasks();
        Map<String, Long> ended = new TreeMap<>(Map.of("succeeded", tasks.completed()));
        if (tasks.failed() > 0) {
            ended.put("failed", tasks.failed());
        }
        series.add(new TaskMoment(clock.instant(), tasks.waiting(), tasks.dispatched(), new TreeMap<>(ended)));
    }

    /** What became of a task. */
    synchronized void ended(String task, Ended ended) {
        if (ended instanceof Completed completed) {
            waiting.add(seconds(completed.waiting()));
            running.add(seconds(completed.execution().minus(completed.waiting())));
            execution.add(seconds(completed.execution()));
        } else if (ended instanceof Failed failed) {
            failures.merge(
                    failed.reason(),
                    new TaskFailure(failed.reason(), 1, task),
                    (before, one) -> new TaskFailure(before.reason(), before.tasks() + 1, before.example()));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOSECONDS;
    }

    /** Since it began to look. */
    double seconds() {
        return seconds(Duration.between(start, clock.instant()));
    }

    /** How long results took from their submission, in seconds. */
    QuantileSketch execution() {
        return execution;
    }

    /** How the cluster stands. */
    synchronized StatusPage page() {
        ClusterPerformance performance = cluster.performance();
        Tasks tasks = performance.tasks();
        List<TaskMoment> moments = series.moments();
        return new StatusPage(
                "Cluster",
                Phase.RUNNING,
                performance
                        .trouble()
                        .orElse("Tasks are submitted, and " + performance.activeWorkers() + " workers infer."),
                facts(performance, tasks),
                List.of(chart(
                        "Tasks without a result",
                        moments,
                        "waiting",
                        TaskMoment::waiting,
                        "with workers",
                        TaskMoment::running)),
                List.of(new Table(
                        "Workers",
                        List.of("worker", "address", "is", "cores", "observations", "busy"),
                        performance.workers().stream().map(this::row).toList())));
    }

    private Map<String, String> facts(ClusterPerformance performance, Tasks tasks) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("master", performance.address());
        facts.put("tasks are kept", performance.durability().name().toLowerCase(Locale.ROOT));
        facts.put("accepted", ReportTexts.number(tasks.accepted()));
        facts.put("refused", ReportTexts.number(tasks.refused()));
        facts.put("waiting", ReportTexts.number(tasks.waiting()));
        facts.put("with workers", ReportTexts.number(tasks.dispatched()));
        facts.put("completed", ReportTexts.number(tasks.completed()));
        facts.put("failed", ReportTexts.number(tasks.failed()));
        facts.put("agents", ReportTexts.number(performance.agents()));
        facts.put("p99, submit to result", execution.count() == 0 ? "–" : milliseconds(execution.quantile(0.99)));
        return facts;
    }

    private static String milliseconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f ms", 1e3 * seconds);
    }

    private static TimeChart chart(
            String title,
            List<TaskMoment> moments,
            String first,
            ToDoubleFunction<TaskMoment> one,
            String second,
            ToDoubleFunction<TaskMoment> other) {
        return new TimeChart(
                title,
                "",
                "tasks",
                moments.stream().map(TaskMoment::at).toList(),
                List.of(values(first, moments, one), values(second, moments, other)));
    }

    private static TimeChart.Series values(String name, List<TaskMoment> moments, ToDoubleFunction<TaskMoment> value) {
        return new TimeChart.Series(
                name, moments.stream().mapToDouble(value).boxed().toList());
    }

    private List<String> row(Worker worker) {
        return List.of(
                worker.id(),
                worker.address(),
                worker.status().name().toLowerCase(Locale.ROOT),
                Integer.toString(worker.cores()),
                ReportTexts.number(worker.tasksCompleted()),
                Math.round(100 * busy(worker)) + " %");
    }

    private double busy(Worker worker) {
        return Math.min(1, seconds(worker.busy()) / Math.max(1e-9, worker.cores() * seconds()));
    }

    /** All of it, at the end. */
    synchronized TaskSummary summary(ClusterPerformance performance) {
        look();
        return new TaskSummary(
                series,
                waiting,
                running,
                performance.workers().stream()
                        .map(worker -> new WorkerLoad(worker.id(), worker.tasksCompleted(), busy(worker)))
                        .toList(),
                List.copyOf(failures.values()));
    }

    /** Looks no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
