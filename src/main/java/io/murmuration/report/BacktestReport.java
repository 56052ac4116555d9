package io.murmuration.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page about backtests of scaling policies.
 *
 * @param title of the page
 * @param facts what a reader looks for first, in order; the last one is the command
 * @param measures what was measured, by column: what it means
 * @param rows a policy over a trace, or over all of them, each; those of one trace stand together
 * @param frontier violations against cost
 * @param charts demand against capacity, for each trace
 */
public record BacktestReport(
        String title,
        Map<String, String> facts,
        Map<String, String> measures,
        List<PolicyRow> rows,
        FrontierChart frontier,
        List<Charts> charts) {

    /**
     * What was measured of a policy.
     *
     * @param trace the trace's name, or what stands for all of them
     * @param policy with its setting
     * @param bound whether it is a bound on what others can reach
     * @param values one for each measure
     */
    public record PolicyRow(String trace, String policy, boolean bound, double[] values) {}

    /**
     * A trace, by policy.
     *
     * @param all over all that was measured
     * @param heaviestDay over the day of the greatest load
     */
    public record Charts(String trace, Map<String, CapacityChart> all, Map<String, CapacityChart> heaviestDay) {}

    /** The page as HTML. */
    public String html() {
        StringBuilder body = new StringBuilder();
        body.append("<h1>").append(Html.escape(title)).append("</h1><dl class=\"facts\">");
        facts.forEach((name, value) -> body.append("<div><dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd></div>"));
        body.append("</dl>");
        Html.section(
                body,
                "Violation against cost",
                "A dot is a setting, the large one a policy's default; the line joins the settings that none of the same policy "
                        + "is better than in both. Lower and more to the left is better. Bounds know the trace or decide "
                        + "nothing; costs of more than three times the least are left out.",
                frontier.svg());
        body.append("<h2>Measures</h2>");
        rows.stream().map(PolicyRow::trace).distinct().forEach(trace -> addTable(body, trace));
        addMeanings(body);
        charts.forEach(trace -> addCharts(body, trace));
        return Html.page(title, body);
    }

    private void addTable(StringBuilder body, String trace) {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table><thead><tr><th>policy</th>");
        measures.keySet().forEach(column -> table.append("<th>")
                .append(Html.escape(column.replace('_', ' ')))
                .append("</th>"));
        table.append("</tr></thead><tbody>");
        rows.stream().filter(row -> row.trace().equals(trace)).forEach(row -> {
            table.append("<tr><td style=\"white-space:nowrap\">").append(Html.escape(row.policy()));
            table.append(row.bound() ? " (bound)</td>" : "</td>");
            for (double value : row.values()) {
                table.append("<td>").append(number(value)).append("</td>");
            }
            table.append("</tr>");
        });
        Html.section(body, trace, "", table.append("</tbody></table></div>").toString());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }

    private void addMeanings(StringBuilder body) {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table><tbody>");
        measures.forEach((column, meaning) -> table.append("<tr><td>")
                .append(Html.escape(column.replace('_', ' ')))
                .append("</td><td style=\"text-align:left\">")
                .append(Html.escape(meaning))
                .append("</td></tr>"));
        Html.section(
                body,
                "What the columns are",
                "",
                table.append("</tbody></table></div>").toString());
    }

    private static void addCharts(StringBuilder body, Charts trace) {
        body.append("<h2>").append(Html.escape(trace.trace())).append("</h2>");
        body.append("<p>The area is the demand, the line the instances that were ready.</p><div class=\"charts\">");
        trace.all().forEach((policy, chart) -> Html.section(body, policy, "", chart.svg()));
        trace.heaviestDay()
                .forEach((policy, chart) ->
                        Html.section(body, policy + ", on the day of the greatest load", "", chart.svg()));
        body.append("</div>");
    }
}
