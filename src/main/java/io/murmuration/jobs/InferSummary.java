package io.murmuration.jobs;

import io.murmuration.batch.BatchOptions;
import io.murmuration.batch.BatchOutcome;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.InferenceOptions;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.TableFormat;
import io.murmuration.report.InferenceReport;
import io.murmuration.report.InferenceReport.PartitionWork;
import io.murmuration.summary.RunSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code summary.json} and {@code report.html} say of a run.
 *
 * @param options what was asked for
 * @param words the command line
 * @param seconds from start to end
 */
record InferSummary(Fleet fleet, BatchOutcome outcome, BatchOptions options, List<String> words, double seconds) {

    void write(OutputFolder folder) {
        Map<String, RunSummary> models = models();
        folder.write("summary.json", Json.pretty(json(models)));
        folder.write("report.html", report(models).html());
    }

    private Map<String, RunSummary> models() {
        Map<String, RunSummary> models = new LinkedHashMap<>();
        for (int i = 0; i < fleet.members().size(); i++) {
            models.put(fleet.members().get(i).name(), outcome.summaries().get(i));
        }
        return models;
    }

    private Map<String, Object> json(Map<String, RunSummary> models) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", "infer");
        json.put("version", Version.text());
        json.put("model_sha256", FleetFiles.sha256(fleet));
        json.put("seed", options.inference().seed());
        json.put("options", resultOptions());
        json.put("rows_read", outcome.counts().read());
        json.put("rows_written", outcome.counts().written());
        json.put("rows_rejected", outcome.counts().rejected());
        json.put("rejected", outcome.counts().rejectedByCode());
        json.put("duplicates", outcome.counts().duplicates());
        json.put("rows_inserted", outcome.counts().inserted());
        json.put("agents", outcome.counts().agents());
        if (outcome.committed()) {
            json.put("models", models);
        }
        json.put("run", run());
        return json;
    }

    /** The options that results depend on. */
    private Map<String, Object> resultOptions() {
        InferenceOptions inference = options.inference();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("input", options.input());
        all.put("input_format", options.inputFormat().map(TableFormat::text).orElse(null));
        all.put("agent", inference.columns().agent());
        all.put("time", inference.columns().time());
        all.put("model_column", fleet.named() ? inference.columns().model() : null);
        all.put("observation", inference.columns().observation());
        all.put("format", options.format().text());
        all.put("select", inference.select());
        all.put("smooth", inference.smoothing().toString());
        all.put("step", inference.step().orElse(null));
        all.put("precision", inference.precision().name().toLowerCase(Locale.ROOT));
        all.put("max_rejected", options.maxRejected());
        all.put("initial", options.initial().orElse(null));
        return all;
    }

    /** What depends on the machine and on how the work was divided. */
    private Map<String, Object> run() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("command", words);
        run.put("seconds", seconds);
        run.put("rows_per_second", outcome.counts().read() / seconds);
        run.put("skew", skew());
        run.put(
                "partitions",
                outcome.tasks().stream()
                        .map(t -> Map.of(
                                "partition",
                                t.partition(),
                                "rows",
                                t.counts().read(),
                                "agents",
                                t.counts().agents(),
                                "seconds",
                                t.seconds()))
                        .toList());
        return run;
    }

    /** The most rows of a partition over the mean. */
    private double skew() {
        double mean = outcome.tasks().stream()
                .mapToLong(task -> task.counts().read())
                .average()
                .orElse(0);
        long most = outcome.tasks().stream()
                .mapToLong(task -> task.counts().read())
                .max()
                .orElse(0);
        return mean > 0 ? most / mean : 1;
    }

    private InferenceReport report(Map<String, RunSummary> models) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rows read", ReportTexts.number(outcome.counts().read()));
        facts.put("rows written", ReportTexts.number(outcome.counts().written()));
        facts.put("rows rejected", ReportTexts.number(outcome.counts().rejected()));
        facts.put("duplicates", ReportTexts.number(outcome.counts().duplicates()));
        if (outcome.counts().inserted() > 0) {
            facts.put("rows inserted", ReportTexts.number(outcome.counts().inserted()));
        }
        facts.put("agents", ReportTexts.number(outcome.counts().agents()));
        facts.put(
                "impossible observations",
                ReportTexts.number(models.values().stream()
                        .mapToLong(RunSummary::impossibleObservations)
                        .sum()));
        facts.put("seconds", String.format(Locale.ROOT, "%.1f", seconds));
        facts.put(
                "rows a second", ReportTexts.number(Math.round(outcome.counts().read() / seconds)));
        facts.put("seed", Long.toString(options.inference().seed()));
        facts.put("version", Version.text());
        facts.put("command", ReportTexts.command("infer", words));
        return new InferenceReport(
                ReportTexts.title("Inference", fleet),
                facts,
                outcome.committed() ? models : Map.of(),
                ReportTexts.actionNames(fleet),
                outcome.counts().rejectedByCode(),
                outcome.tasks().stream()
                        .map(t -> new PartitionWork(t.partition(), t.counts().read(), t.seconds()))
                        .toList());
    }
}
