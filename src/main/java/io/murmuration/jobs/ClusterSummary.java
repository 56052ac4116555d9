package io.murmuration.jobs;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.OutputFolder;
import io.murmuration.cluster.ClusterOptions;
import io.murmuration.cluster.ClusterPerformance;
import io.murmuration.cluster.ClusterPerformance.Tasks;
import io.murmuration.report.TasksReport;
import io.murmuration.summary.QuantileSketch;
import io.murmuration.summary.TaskSummary;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code summary.json} and {@code report.html} say of a cluster.
 *
 * @param performance at the end
 * @param tasks what became of them
 * @param execution seconds from submission to result
 * @param skipped observations that an earlier run had submitted
 * @param seconds from the first submission to the last result
 */
record ClusterSummary(
        ClusterPerformance performance, TaskSummary tasks, QuantileSketch execution, long skipped, double seconds) {
    static final String REPORT = "report.html";
    private static final double[] SHARES = {0.5, 0.9, 0.99, 1};

    void write(OutputFolder folder, Fleet fleet, ClusterOptions options, List<String> words) {
        folder.write("summary.json", Json.pretty(json(fleet, options, words)));
        folder.write(
                REPORT,
                new TasksReport(ReportTexts.title("Cluster", fleet), facts(options, words), "workers", tasks).html());
    }

    private Map<String, Object> json(Fleet fleet, ClusterOptions options, List<String> words) {
        Tasks counts = performance.tasks();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", "cluster");
        json.put("version", Version.text());
        json.put("model_sha256", fleet.members().get(0).sha256());
        json.put("seed", options.seed());
        json.put("accepted", counts.accepted());
        json.put("refused", counts.refused());
        json.put("completed", counts.completed());
        json.put("failed", counts.failed());
        json.put("cancelled", counts.cancelled());
        json.put("skipped", skipped);
        json.put("agents", performance.agents());
        json.put("durability", performance.durability().name().toLowerCase(Locale.ROOT));
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("command", words);
        run.put("master", performance.address());
        run.put("seconds", seconds);
        run.put("results_per_second", counts.completed() / seconds);
        Map<String, Object> quantiles = new LinkedHashMap<>();
        for (double share : SHARES) {
            quantiles.put("p" + Math.round(100 * share), execution.count() == 0 ? null : execution.quantile(share));
        }
        run.put("submit_to_result_seconds", quantiles);
        run.put(
                "workers",
                performance.workers().stream()
                        .map(worker -> Map.of(
                                "id", worker.id(),
                                "status", worker.status().name().toLowerCase(Locale.ROOT),
                                "observations", worker.tasksCompleted(),
                                "busy_seconds", worker.busy().toMillis() / 1e3))
                        .toList());
        json.put("run", run);
        return json;
    }

    private Map<String, String> facts(ClusterOptions options, List<String> words) {
        Tasks counts = performance.tasks();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", ReportTexts.number(counts.accepted()));
        facts.put("completed", ReportTexts.number(counts.completed()));
        facts.put("failed", ReportTexts.number(counts.failed()));
        facts.put("agents", ReportTexts.number(performance.agents()));
        facts.put("results a second", ReportTexts.number(Math.round(counts.completed() / seconds)));
        facts.put("seconds", String.format(Locale.ROOT, "%.1f", seconds));
        facts.put("submit to result", inWords());
        facts.put(
                "micro-batches",
                "at most " + options.microBatches().size() + " tasks, "
                        + options.microBatches().age().toMillis() + " ms");
        facts.put("master", performance.address());
        facts.put("tasks are kept", performance.durability().name().toLowerCase(Locale.ROOT));
        facts.put("seed", Long.toString(options.seed()));
        facts.put("version", Version.text());
        facts.put("command", ReportTexts.command("cluster", words));
        return facts;
    }

    private String inWords() {
        return execution.count() == 0
                ? "no result"
                : String.format(
                        Locale.ROOT,
                        "p50 %.1f ms, p99 %.1f ms",
                        1e3 * execution.quantile(0.5),
                        1e3 * execution.quantile(0.99));
    }

    void print(PrintWriter out) {
        Tasks counts = performance.tasks();
        out.printf(
                "cluster   %s, %d workers, tasks are kept: %s%n",
                performance.address(),
                performance.totalWorkers(),
                performance.durability().name().toLowerCase(Locale.ROOT));
        out.printf(
                "tasks     %,d completed, %,d failed%s%n",
                counts.completed(),
                counts.failed(),
                skipped == 0 ? "" : String.format(Locale.ROOT, "; %,d submitted by an earlier run", skipped));
        out.printf(
                "took      %.1f s, %,.0f results/s, submit to result %s%n",
                seconds, counts.completed() / seconds, inWords());
    }
}
