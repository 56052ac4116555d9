package io.murmuration.report;

import io.murmuration.summary.RunSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a report says of several models together: a row each, that leads to the section about it.
 *
 * @param models the results of each model, by name, in the order of the sections
 */
record FleetSection(Map<String, RunSummary> models) {
    private static final List<String> COLUMNS =
            List.of("model", "agents", "rows", "free energy (nats)", "free energy a row", "impossible observations");

    /** Where the section of a model is: names may hold anything, so its place in the order stands for it. */
    static String anchor(Map<String, RunSummary> models, String name) {
        return "model-" + List.copyOf(models.keySet()).indexOf(name);
    }

    void addTo(StringBuilder page) {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        COLUMNS.forEach(column -> table.append("<th>").append(column).append("</th>"));
        table.append("</tr></thead><tbody>");
        models.forEach((name, summary) -> addRow(table, name, summary));
        table.append("</tbody></table></div>");
        page.append("<h2>Models</h2>");
        Html.section(
                page,
                "Free energy by model",
                "Free energy depends on the units of what is observed: it compares a model with itself or with another "
                        + "one of the same observations.",
                table.toString());
    }

    private void addRow(StringBuilder table, String name, RunSummary summary) {
        table.append("<tr><td><a href=\"#").append(anchor(models, name)).append("\">");
        table.append(Html.escape(name)).append("</a></td>");
        cell(table, String.format(Locale.ROOT, "%,d", summary.agents()));
        cell(table, String.format(Locale.ROOT, "%,d", summary.rows()));
        cell(table, String.format(Locale.ROOT, "%,.1f", summary.freeEnergySum()));
        cell(
                table,
                summary.surprisingRows() == 0 ? "–" : Axis.label(summary.freeEnergySum() / summary.surprisingRows()));
        cell(table, String.format(Locale.ROOT, "%,d", summary.impossibleObservations()));
        table.append("</tr>");
    }

    private static void cell(StringBuilder table, String text) {
        table.append("<td>").append(text).append("</td>");
    }
}
