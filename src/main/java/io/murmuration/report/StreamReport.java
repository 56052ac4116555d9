package io.murmuration.report;

import io.murmuration.report.BarChart.Bar;
import io.murmuration.report.LineBandChart.Point;
import io.murmuration.summary.RunSummary;
import io.murmuration.summary.StreamMoment;
import io.murmuration.summary.StreamSeries;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page about a stream at its end.
 *
 * @param title of the page
 * @param facts what a reader looks for first, in order
 * @param rows what became of all rows since the stream was begun, in order
 * @param rejected rows rejected, by code
 * @param series the micro-batches from the last start to the end
 * @param models the results of each model, by name
 * @param actionNames by model, element and index: what actions are called; lists may be empty
 */
public record StreamReport(
        String title,
        Map<String, String> facts,
        Map<String, Long> rows,
        Map<String, Long> rejected,
        StreamSeries series,
        Map<String, RunSummary> models,
        Map<String, List<List<String>>> actionNames) {
    private static final String BATCH = "micro-batch";

    /** The page as HTML. */
    public String html() {
        StringBuilder body = new StringBuilder();
        body.append("<h1>").append(Html.escape(title)).append("</h1>");
        new Facts(facts, models.values()).addTo(body);
        body.append("<h2>The stream</h2><div class=\"charts\">");
        addRows(body);
        List<StreamMoment> moments = series.moments();
        if (!moments.isEmpty()) {
            addRate(body, moments);
        }
        List<StreamMoment> timed =
                moments.stream().filter(moment -> moment.latency().known()).toList();
        if (!timed.isEmpty()) {
            addLatency(body, timed);
        }
        if (moments.stream().anyMatch(moment -> moment.alerts() > 0)) {
            addAlerts(body, moments);
        }
        if (!rejected.isEmpty()) {
            new RejectedRows(rejected).addTo(body);
        }
        body.append("</div>");
        new ModelSections(models, actionNames).addTo(body);
        return Html.page(title, body);
    }

    private void addRows(StringBuilder body) {
        Html.section(
                body,
                "What became of all rows",
                "Since the stream was begun. Late rows, each with its sentence, are in late/.",
                new BarChart(
                                "Rows by what became of them",
                                rows.entrySet().stream()
                                        .map(entry -> new Bar(
                                                entry.getKey(),
                                                entry.getValue(),
                                                String.format(Locale.ROOT, "%,d", entry.getValue()),
                                                entry.getKey()))
                                        .toList())
                        .svg());
    }

    private void addRate(StringBuilder body, List<StreamMoment> moments) {
        Html.section(
                body,
                "Rows a second",
                "While a micro-batch was under way, from its first task to its results. " + sinceStart(),
                new LineBandChart(
                                BATCH,
                                "rows a second",
                                moments.stream()
                                        .map(moment -> new Point(moment.batch(), moment.rowsPerSecond()))
                                        .toList())
                        .svg());
    }

    private void addLatency(StringBuilder body, List<StreamMoment> moments) {
        double scale = moments.stream().allMatch(moment -> moment.latency().p99() < 1) ? 1e3 : 1;
        Html.section(
                body,
                "Latency",
                "From the arrival of a row to its result: the median, with bands up to which 95 % and 99 % of a micro-batch's"
                        + " rows stay. " + sinceStart(),
                new LineBandChart(
                                BATCH,
                                scale == 1 ? "seconds" : "milliseconds",
                                moments.stream()
                                        .map(moment -> latency(moment, scale))
                                        .toList())
                        .svg());
    }

    private void addAlerts(StringBuilder body, List<StreamMoment> moments) {
        Html.section(
                body,
                "Alerts",
                "Rows that surprised their agent beyond its own threshold; each is in alerts/. "
                        + (series.each() == 1
                                ? "Since the last start."
                                : "Since the last start, " + series.each()
                                        + " micro-batches a point, all their alerts."),
                new LineBandChart(
                                BATCH,
                                "alerts",
                                moments.stream()
                                        .map(moment -> new Point(moment.batch(), moment.alerts()))
                                        .toList())
                        .svg());
    }

    private static Point latency(StreamMoment moment, double scale) {
        double p50 = scale * moment.latency().p50();
        return new Point(
                moment.batch(),
                p50,
                p50,
                scale * moment.latency().p99(),
                p50,
                scale * moment.latency().p95());
    }

    private String sinceStart() {
        return series.each() == 1
                ? "Since the last start."
                : "Since the last start, " + series.each() + " micro-batches a point, of which the slowest counts.";
    }
}
