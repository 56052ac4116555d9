package io.murmuration.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.report.StatusPage.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;

/**
 * A status as HTML and as JSON.
 *
 * @param page how it stands
 * @param at when that was asked
 */
record StatusContent(StatusPage page, Instant at) {
    private static final String STYLE = "<style>";
    private static final String SHARED_STYLE = between(Html.resource("page.html"), STYLE, "</style>");
    private static final String OWN_STYLE = Html.resource("tasks.css");
    private static final String SCRIPT = Html.resource("status.js");
    private static final String HEAD = "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>";

    /**
     * What a browser may do with the page: nothing but apply its own style sheets, which it knows by their hashes, run its own
     * script, and ask the same server again.
     */
    static String contentSecurityPolicy() {
        return "default-src 'none'; style-src " + hash(SHARED_STYLE) + " " + hash(OWN_STYLE) + "; script-src "
                + hash(SCRIPT) + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    String html() {
        StringBuilder body = new StringBuilder(STYLE).append(OWN_STYLE).append("</style>");
        body.append("<p id=\"unreachable\" role=\"alert\" hidden></p><main class=\"tasks\" data-phase=\"");
        body.append(phase()).append("\"><h1>").append(Html.escape(page.title())).append("</h1><p class=\"state\">");
        body.append("<span class=\"phase ")
                .append(phase())
                .append("\">")
                .append(phase())
                .append("</span> ");
        body.append(Html.escape(page.state())).append(" <time>").append(told()).append("</time></p>");
        body.append("<dl class=\"tiles\">");
        page.facts().forEach((name, value) -> body.append("<div><dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd></div>"));
        body.append("</dl>");
        page.charts().forEach(chart -> chart.addTo(body));
        page.tables().forEach(table -> table.addTo(body));
        body.append("</main><script>").append(SCRIPT).append("</script>");
        return Html.page(page.title(), HEAD, body);
    }

    private String phase() {
        return page.phase().name().toLowerCase(Locale.ROOT);
    }

    private String told() {
        String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
        return "Told at " + time.replace('T', ' ').replace("Z", " UTC") + ".";
    }

    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("title", page.title());
        json.put("phase", phase());
        json.put("state", page.state());
        json.put("time", at.toString());
        ObjectNode facts = json.putObject("facts");
        page.facts().forEach(facts::put);
        ArrayNode charts = json.putArray("charts");
        page.charts().forEach(chart -> addChart(charts.addObject(), chart));
        ArrayNode tables = json.putArray("tables");
        page.tables().forEach(table -> addTable(tables.addObject(), table));
        return json.toString();
    }

    private static void addChart(ObjectNode json, TimeChart chart) {
        json.put("title", chart.title());
        json.put("unit", chart.unit());
        ArrayNode times = json.putArray("times");
        chart.times().forEach(time -> times.add(time.toString()));
        ArrayNode all = json.putArray("series");
        for (TimeChart.Series series : chart.series()) {
            ObjectNode one = all.addObject().put("name", series.name());
            ArrayNode values = one.putArray("values");
            // JSON has no NaN.
            series.values().forEach(value -> values.add(Double.isFinite(value) ? value : null));
        }
    }

    private static void addTable(ObjectNode json, Table table) {
        json.put("title", table.title());
        ArrayNode columns = json.putArray("columns");
        table.columns().forEach(columns::add);
        ArrayNode rows = json.putArray("rows");
        for (var row : table.rows()) {
            ArrayNode cells = rows.addArray();
            row.forEach(cells::add);
        }
    }
}
