package io.murmuration.report;

import io.murmuration.report.BarChart.Bar;
import io.murmuration.report.StatusPage.Table;
import io.murmuration.report.TimeChart.Series;
import io.murmuration.summary.DurationWords;
import io.murmuration.summary.QuantileSketch;
import io.murmuration.summary.RunSummary.Quantiles;
import io.murmuration.summary.TaskMoment;
import io.murmuration.summary.TaskSeries;
import io.murmuration.summary.TaskSummary;
import io.murmuration.summary.TaskSummary.TaskFailure;
import io.murmuration.summary.TaskSummary.WorkerLoad;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The page about tasks that were given to workers, or to agents, at its end.
 *
 * @param title of the page
 * @param facts what a reader looks for first, in order
 * @param worker what those are called who did them, in the plural: {@code agents}, {@code executors}
 * @param tasks what became of them
 */
public record TasksReport(String title, Map<String, String> facts, String worker, TaskSummary tasks) {
    private static final String SUCCEEDED = "succeeded";
    private static final int MOST_WORKERS = 24;
    private static final int MOST_OUTCOMES = 6;

    /** The page as HTML. */
    public String html() {
        StringBuilder body = new StringBuilder("<style>").append(Html.resource("tasks.css"));
        body.append("</style><h1>").append(Html.escape(title)).append("</h1>");
        new Facts(facts, List.of()).addTo(body);
        body.append("<div class=\"tasks\">");
        charts(tasks.series()).forEach(chart -> chart.addTo(body));
        addFailures(body);
        body.append("</div><div class=\"charts\">");
        addSeconds(body, "Waiting", "From the submission of a task to its first start", tasks.waitingSeconds());
        addSeconds(body, "Running", "From the last start of a task to its end", tasks.runningSeconds());
        addWorkers(body);
        return Html.page(title, body.append("</div>"));
    }

    /** Where tasks stood over time, for a {@link StatusPage} too. */
    public static List<TimeChart> charts(TaskSeries series) {
        List<TaskMoment> moments = series.moments();
        return Stream.concat(Stream.of(open(moments), succeeded(moments)), otherwise(moments).stream())
                .toList();
    }

    private static TimeChart open(List<TaskMoment> moments) {
        return new TimeChart(
                "Tasks under way",
                "Those that wait for somebody to begin them, and those that run.",
                "tasks",
                moments.stream().map(TaskMoment::at).toList(),
                List.of(
                        series("waiting", moments, TaskMoment::waiting),
                        series("running", moments, TaskMoment::running)));
    }

    private static TimeChart succeeded(List<TaskMoment> moments) {
        return new TimeChart(
                "Tasks that have succeeded",
                "Since the beginning.",
                "tasks",
                moments.stream().map(TaskMoment::at).toList(),
                List.of(series(SUCCEEDED, moments, moment -> ended(moment, SUCCEEDED))));
    }

    /**
     * A chart of its own: few of them among many that succeeded could not be seen. Of more outcomes than can be told apart, the
     * last ones by name are left out.
     */
    private static Optional<TimeChart> otherwise(List<TaskMoment> moments) {
        List<String> outcomes = moments.stream()
                .flatMap(moment -> moment.ended().keySet().stream())
                .filter(outcome -> !outcome.equals(SUCCEEDED))
                .distinct()
                .sorted()
                .limit(MOST_OUTCOMES)
                .toList();
        return outcomes.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimeChart(
                        "Tasks that ended otherwise",
                        "Since the beginning, by how they ended.",
                        "tasks",
                        moments.stream().map(TaskMoment::at).toList(),
                        outcomes.stream()
                                .map(outcome -> series(outcome, moments, moment -> ended(moment, outcome)))
                                .toList()));
    }

    private static long ended(TaskMoment moment, String outcome) {
        return moment.ended().getOrDefault(outcome, 0L);
    }

    private static Series series(String name, List<TaskMoment> moments, ToDoubleFunction<TaskMoment> value) {
        return new Series(name, moments.stream().mapToDouble(value).boxed().toList());
    }

    private static void addSeconds(StringBuilder body, String title, String what, QuantileSketch seconds) {
        if (seconds.count() == 0) {
            Html.section(body, title, what + ": none did.", "");
            return;
        }
        double scale = seconds.quantile(0.95) < 1 ? 1e3 : 1;
        Quantiles all = Quantiles.of(seconds);
        Quantiles scaled = new Quantiles(
                scale * all.q05(), scale * all.q25(), scale * all.q50(), scale * all.q75(), scale * all.q95());
        Html.section(
                body,
                title,
                String.format(
                        Locale.ROOT,
                        "%s: p50 %s, p95 %s, p99 %s, at most %s. The bands hold the middle 90 %% and 50 %%.",
                        what,
                        words(seconds.quantile(0.5)),
                        words(seconds.quantile(0.95)),
                        words(seconds.quantile(0.99)),
                        words(seconds.quantile(1))),
                new QuantileStrip(scale == 1 ? "seconds" : "milliseconds", scaled).svg());
    }

    private static String words(double seconds) {
        return seconds < 1 ? Axis.label(Math.round(seconds * 1e4) / 10.0) + " ms" : DurationWords.seconds(seconds);
    }

    private void addWorkers(StringBuilder body) {
        if (tasks.workers().isEmpty()) {
            Html.section(body, "Load of " + worker, "Nobody was there.", "");
            return;
        }
        List<WorkerLoad> busiest = tasks.workers().stream()
                .sorted(Comparator.comparingDouble(WorkerLoad::busy).reversed().thenComparing(WorkerLoad::name))
                .limit(MOST_WORKERS)
                .toList();
        String which = busiest.size() < tasks.workers().size()
                ? String.format(
                        Locale.ROOT,
                        " The %d busiest of %,d.",
                        busiest.size(),
                        tasks.workers().size())
                : "";
        Html.section(
                body,
                "Load of " + worker,
                "The share of its time in which each worked, and the tasks that it ended." + which,
                new BarChart(
                                "Load of " + worker,
                                busiest.stream().map(TasksReport::bar).toList())
                        .svg());
    }

    private static Bar bar(WorkerLoad load) {
        String share = Math.round(100 * load.busy()) + " %";
        String count = Axis.label((double) load.tasks());
        return new Bar(
                load.name(), load.busy(), share + " · " + count, load.name() + ": " + share + " of its time, " + count);
    }

    private void addFailures(StringBuilder body) {
        new Table(
                        "What failed, and why",
                        List.of("why", "tasks", "one of them"),
                        tasks.failures().stream()
                                .sorted(Comparator.comparingLong(TaskFailure::tasks)
                                        .reversed()
                                        .thenComparing(TaskFailure::reason))
                                .map(failure -> List.of(
                                        failure.reason(),
                                        String.format(Locale.ROOT, "%,d", failure.tasks()),
                                        failure.example()))
                                .toList())
                .addTo(body);
    }
}
