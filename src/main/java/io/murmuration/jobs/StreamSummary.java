package io.murmuration.jobs;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.InferenceOptions;
import io.murmuration.batch.OutputFolder;
import io.murmuration.report.StreamReport;
import io.murmuration.stream.StreamCounts;
import io.murmuration.stream.StreamOptions;
import io.murmuration.stream.StreamOutcome;
import io.murmuration.summary.DurationWords;
import io.murmuration.summary.Latency;
import io.murmuration.summary.RunSummary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code summary.json} and {@code report.html} say of a stream at its end.
 *
 * @param job that ran it
 * @param options what was asked for
 * @param words the command line
 * @param seconds from start to end
 */
record StreamSummary(
        String job, Fleet fleet, StreamOutcome outcome, StreamOptions options, List<String> words, double seconds) {

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
        StreamCounts counts = outcome.counts();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", job);
        json.put("version", Version.text());
        json.put("model_sha256", FleetFiles.sha256(fleet));
        json.put("seed", options.inference().seed());
        json.put("options", resultOptions());
        json.put("rows_read", counts.read());
        json.put("rows_written", counts.written());
        json.put("rows_rejected", counts.rejected());
        json.put("rejected", counts.rejectedByCode());
        json.put("rows_late", counts.late());
        json.put("duplicates", counts.duplicates());
        json.put("rows_held", counts.held());
        json.put("rows_inserted", counts.inserted());
        json.put("agents", outcome.agents());
        json.put("agents_evicted", counts.evicted());
        json.put("alerts", counts.alerts());
        json.put("models", models);
        json.put("batch", outcome.batch());
        json.put("state_partitions", outcome.statePartitions());
        json.put("run", run());
        return json;
    }

    /** What depends on the machine, and on when rows came and the stream was started. */
    private Map<String, Object> run() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("command", words);
        run.put("seconds", seconds);
        run.put("batches", outcome.run().batches());
        run.put("rows_read", outcome.run().rows());
        run.put("rows_per_second", outcome.run().rows() / seconds);
        run.put("latency_seconds", outcome.run().latency());
        return run;
    }

    private StreamReport report(Map<String, RunSummary> models) {
        StreamCounts counts = outcome.counts();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rows read", ReportTexts.number(counts.read()));
        facts.put("rows written", ReportTexts.number(counts.written()));
        facts.put("agents", ReportTexts.number(outcome.agents()));
        if (options.alertShare().isPresent()) {
            facts.put("alerts", ReportTexts.number(counts.alerts()));
        }
        if (options.timeToLive().isPresent()) {
            facts.put("idle agents let go", ReportTexts.number(counts.evicted()));
        }
        facts.put(
                "impossible observations",
                ReportTexts.number(models.values().stream()
                        .mapToLong(RunSummary::impossibleObservations)
                        .sum()));
        facts.put("last micro-batch", outcome.batch() < 0 ? "none" : ReportTexts.number(outcome.batch()));
        facts.put(
                "micro-batches since the last start",
                ReportTexts.number(outcome.run().batches()));
        if (outcome.run().latency().known()) {
            Latency latency = outcome.run().latency();
            facts.put("latency p50", DurationWords.seconds(latency.p50()));
            facts.put("latency p95", DurationWords.seconds(latency.p95()));
            facts.put("latency p99", DurationWords.seconds(latency.p99()));
        }
        facts.put("seconds since then", String.format(Locale.ROOT, "%.1f", seconds));
        facts.put(
                "rows a second since then",
                ReportTexts.number(Math.round(outcome.run().rows() / seconds)));
        facts.put("state partitions", ReportTexts.number(outcome.statePartitions()));
        facts.put("seed", Long.toString(options.inference().seed()));
        facts.put("version", Version.text());
        facts.put("command", ReportTexts.command(job, words));
        return new StreamReport(
                ReportTexts.title("Stream", fleet),
                facts,
                rows(counts),
                counts.rejectedByCode(),
                outcome.run().series(),
                models,
                ReportTexts.actionNames(fleet));
    }

    private static Map<String, Long> rows(StreamCounts counts) {
        Map<String, Long> rows = new LinkedHashMap<>();
        rows.put("written", counts.written() - counts.inserted());
        rows.put("late", counts.late());
        rows.put("duplicates", counts.duplicates());
        rows.put("held", counts.held());
        rows.put("rejected", counts.rejected());
        return rows;
    }

    /** The options that results depend on. */
    private Map<String, Object> resultOptions() {
        InferenceOptions inference = options.inference();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("agent", inference.columns().agent());
        all.put("time", inference.columns().time());
        all.put("model_column", fleet.named() ? inference.columns().model() : null);
        all.put("observation", inference.columns().observation());
        all.put("format", options.format().text());
        all.put("partition_by", options.partitioning().text());
        all.put("select", inference.select());
        all.put("step", inference.step().orElse(null));
        all.put("precision", inference.precision().name().toLowerCase(Locale.ROOT));
        all.put("watermark", options.watermark().map(Duration::toString).orElse(null));
        all.put("ttl", options.timeToLive().map(Duration::toString).orElse(null));
        all.put("alert_quantile", options.alertShare().orElse(null));
        all.put("initial", options.initial().orElse(null));
        return all;
    }
}
