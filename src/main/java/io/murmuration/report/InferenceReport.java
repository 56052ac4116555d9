package io.murmuration.report;

import io.murmuration.report.BarChart.Bar;
import io.murmuration.summary.RunSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        new Facts(facts, models.values()).addTo(body);
        if (!rejected.isEmpty()) {
            new RejectedRows(rejected).addTo(body);
        }
        new ModelSections(models, actionNames).addTo(body);
        if (!work.isEmpty()) {
            addWork(body);
        }
        return Html.page(title, body);
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
