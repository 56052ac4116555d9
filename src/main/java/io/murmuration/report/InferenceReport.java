package io.murmuration.report;

import io.murmuration.report.BarChart.Bar;
import io.murmuration.summary.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The page about a run of inference.
 *
 * @param title of the page
 * @param facts what a reader looks for first, in order
 * @param models the results of each model, by name
 * @param actionNames by model, element and index: what actions are called; lists may be empty
 * @param rejected rows rejected, by code
 * @param work what each partition did
 */
public record InferenceReport(
        String title,
        Map<String, String> facts,
        Map<String, RunSummary> models,
        Map<String, List<List<String>>> actionNames,
        Map<String, Long> rejected,
        List<PartitionWork> work) {

    /** Partitions that are shown; the busiest of more. */
    private static final int PARTITIONS_SHOWN = 32;

    /** What a partition did. */
    public record PartitionWork(int partition, long rows, double seconds) {
        private String described() {
            return String.format(Locale.ROOT, "%,d rows in %.2f s", rows, seconds);
        }
    }

    /** The page as HTML. */
    public String html() {
        StringBuilder body = new StringBuilder();
        body.append("<h1>").append(Html.escape(title)).append("</h1>");
        addFacts(body);
        if (!rejected.isEmpty()) {
            addRejected(body);
        }
        if (models.size() > 1) {
            new FleetSection(models).addTo(body);
        }
        models.forEach((name, summary) -> new ModelSection(
                        models.size() > 1 ? "Model " + name : "Results",
                        FleetSection.anchor(models, name),
                        summary,
                        actionNames.getOrDefault(name, List.of()))
                .addTo(body));
        if (!work.isEmpty()) {
            addWork(body);
        }
        return Html.page(title, body);
    }

    private void addFacts(StringBuilder body) {
        body.append("<dl class=\"facts\">");
        List<Map.Entry<String, String>> entries = new ArrayList<>(facts.entrySet());
        // The last one is the command, which is as wide as the page.
        entries.addAll(Math.max(0, entries.size() - 1), exceptions());
        entries.forEach(fact -> body.append("<div><dt>")
                .append(Html.escape(fact.getKey()))
                .append("</dt><dd>")
                .append(Html.escape(fact.getValue()))
                .append("</dd></div>"));
        body.append("</dl>");
    }

    /** What is told only where there is something to tell. */
    private List<Map.Entry<String, String>> exceptions() {
        return Stream.of(
                        Map.entry("rows without observation", sum(RunSummary::unobservedRows)),
                        Map.entry("rows not finite", sum(RunSummary::nonFinite)),
                        Map.entry("agents not finite", sum(RunSummary::nonFiniteAgents)))
                .filter(fact -> fact.getValue() > 0)
                .map(fact -> Map.entry(fact.getKey(), String.format(Locale.ROOT, "%,d", fact.getValue())))
                .toList();
    }

    private long sum(ToLongFunction<RunSummary> count) {
        return models.values().stream().mapToLong(count).sum();
    }

    private void addRejected(StringBuilder body) {
        Html.section(
                body,
                "Rejected rows",
                "By reason; the rows themselves, each with its sentence, are in rejected/.",
                new BarChart(
                                "Rejected rows by reason",
                                rejected.entrySet().stream()
                                        .map(e -> new Bar(
                                                e.getKey(),
                                                e.getValue(),
                                                Axis.label((double) e.getValue()),
                                                e.getKey()))
                                        .toList())
                        .svg());
    }

    private void addWork(StringBuilder body) {
        List<PartitionWork> shown = work.stream()
                .sorted(Comparator.comparingLong(PartitionWork::rows).reversed())
                .limit(PARTITIONS_SHOWN)
                .sorted(Comparator.comparingInt(PartitionWork::partition))
                .toList();
        String which = shown.size() < work.size() ? "The busiest " + shown.size() + " of " + work.size() + "." : "";
        body.append("<h2>Work</h2><div class=\"charts\">");
        Html.section(
                body,
                "Rows by partition",
                which,
                new BarChart(
                                "Rows by partition",
                                shown.stream().map(InferenceReport::rowsBar).toList())
                        .svg());
        Html.section(
                body,
                "Seconds by partition",
                which,
                new BarChart(
                                "Seconds by partition",
                                shown.stream().map(InferenceReport::secondsBar).toList())
                        .svg());
        body.append("</div>");
    }

    private static Bar rowsBar(PartitionWork work) {
        return new Bar(
                "partition " + work.partition(),
                (double) work.rows(),
                Axis.label((double) work.rows()),
                work.described());
    }

    private static Bar secondsBar(PartitionWork work) {
        return new Bar(
                "partition " + work.partition(),
                work.seconds(),
                String.format(Locale.ROOT, "%.2f s", work.seconds()),
                work.described());
    }
}
