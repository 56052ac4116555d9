package io.murmuration.report;

import io.murmuration.report.ScalingEntry.Kind;
import io.murmuration.report.ScalingEntry.Voice;
import io.murmuration.report.StepChart.Line;
import io.murmuration.report.StepChart.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What an autoscaler saw and did: demand against capacity over time, the queue, and each change with its reasons.
 *
 * @param title of the page
 * @param ticks in the order of their times
 * @param changes decisions that were to change something, in the order of their times
 * @param latest the last decision, whether or not it changed anything; empty before the first
 * @param state how it stands, in a sentence
 */
public record ScalingReport(
        String title,
        List<ScalingTick> ticks,
        List<ScalingEntry> changes,
        Optional<ScalingEntry> latest,
        String state) {
    /** Demand this many times over all capacity would leave capacity a line at the bottom. */
    private static final double DEMAND_SHOWN = 3;

    private static final List<String> COLUMNS = List.of("time (UTC)", "instances", "outcome", "why", "policies");

    public ScalingReport {
        ticks = List.copyOf(ticks);
        changes = List.copyOf(changes);
    }

    /** A page of its own. */
    public String html() {
        return Html.page(title, "<h1>" + Html.escape(title) + "</h1>" + section());
    }

    /** The same to be put into another page: an element with its own style sheet. */
    public String section() {
        StringBuilder page = new StringBuilder("<div class=\"scaling\"><style>");
        page.append(Html.resource("scaling.css")).append("</style>");
        if (ticks.isEmpty()) {
            Html.section(page, "Nothing yet", "The autoscaler has not measured anything yet; " + state + ".", "");
        } else {
            addTiles(page);
            latest.ifPresent(entry -> addLatest(page, entry));
            addCapacity(page);
            addQueue(page);
            addChanges(page);
        }
        return page.append("</div>").toString();
    }

    private void addTiles(StringBuilder page) {
        ScalingTick now = ticks.get(ticks.size() - 1);
        Map<String, String> tiles = new LinkedHashMap<>();
        tiles.put("ready", Integer.toString(now.ready()));
        tiles.put("asked for", Integer.toString(now.requested()));
        tiles.put("leaving", Integer.toString(now.leaving()));
        tiles.put("demand", text(now.demand(), ""));
        tiles.put("queue delay", text(now.queueSeconds(), " s"));
        tiles.put("at (UTC)", TimeAxis.clock(now.at()));
        page.append("<dl class=\"tiles\">");
        tiles.forEach((name, value) -> page.append("<div><dt>")
                .append(name)
                .append("</dt><dd>")
                .append(value)
                .append("</dd></div>"));
        page.append("</dl>");
    }

    private static String text(OptionalDouble value, String unit) {
        return value.isPresent() ? Axis.label(Math.round(value.getAsDouble() * 10) / 10.0) + unit : "–";
    }

    private void addLatest(StringBuilder page, ScalingEntry entry) {
        StringBuilder words = new StringBuilder("<div class=\"wide\"><table><tbody><tr>");
        cells(words, entry);
        words.append("</tr></tbody></table></div>");
        Html.section(page, "The last decision", "How it stands: " + state + ".", words.toString());
    }

    private void addCapacity(StringBuilder page) {
        double capacity = most(tick -> Math.max(tick.ready(), tick.requested()));
        double demand = most(tick -> tick.demand().orElse(0));
        boolean cut = demand > DEMAND_SHOWN * Math.max(1, capacity);
        double top = cut ? DEMAND_SHOWN / 2 * Math.max(1, capacity) : Math.max(1, Math.max(capacity, demand));
        List<Mark> marks = changes.stream()
                .filter(change -> !change.first().isBefore(ticks.get(0).at()))
                .map(ScalingReport::mark)
                .toList();
        StepChart chart = new StepChart(
                "instances",
                times(),
                top,
                new Line("demand: what the work at hand can use", "demand", values(tick -> tick.demand()
                        .orElse(Double.NaN))),
                List.of(
                        new Line("asked for", "requested", values(ScalingTick::requested)),
                        new Line("ready", "ready", values(ScalingTick::ready))),
                marks);
        Html.section(
                page,
                "Demand against capacity",
                "Triangles are changes, hollow where they were not carried out."
                        + (cut ? " Demand goes beyond the chart, up to " + Axis.label(Math.ceil(demand)) + "." : ""),
                wide(chart.svg()));
    }

    private static Mark mark(ScalingEntry change) {
        return new Mark(
                change.first(),
                change.to(),
                change.outcome().kind().name().toLowerCase(Locale.ROOT),
                change.to() > change.from(),
                TimeAxis.clock(change.first()) + " from " + change.from() + " to " + change.to() + ", "
                        + change.outcome().inWords() + ": " + String.join("; ", change.reasons()));
    }

    private void addQueue(StringBuilder page) {
        if (ticks.stream().allMatch(tick -> tick.queueSeconds().isEmpty())) {
            Html.section(page, "Queue delay", "How long the work that waits will take was never known.", "");
            return;
        }
        double[] seconds = values(tick -> tick.queueSeconds().orElse(Double.NaN));
        StepChart chart = new StepChart(
                "seconds",
                times(),
                Math.max(1, most(tick -> tick.queueSeconds().orElse(0))),
                new Line("until those that are ready have done the work at hand", "demand", seconds),
                List.of(),
                List.of());
        Html.section(page, "Queue delay", "", wide(chart.svg()));
    }

    private void addChanges(StringBuilder page) {
        if (changes.isEmpty()) {
            Html.section(page, "Changes", "No decision was to change anything so far.", "");
            return;
        }
        StringBuilder table = new StringBuilder("<table><thead><tr>");
        COLUMNS.forEach(column -> table.append("<th>").append(column).append("</th>"));
        table.append("</tr></thead><tbody>");
        List<ScalingEntry> newestFirst = new ArrayList<>(changes);
        Collections.reverse(newestFirst);
        newestFirst.forEach(change -> {
            table.append("<tr>");
            cells(table, change);
            table.append("</tr>");
        });
        Html.section(
                page,
                "Changes",
                changes.size() == 1 ? "One so far." : changes.size() + ", the newest first.",
                wide(table.append("</tbody></table>").toString()));
    }

    private static void cells(StringBuilder row, ScalingEntry entry) {
        list(row, when(entry), Function.identity());
        cell(row, entry.isChange() ? entry.from() + " → " + entry.to() : Integer.toString(entry.to()));
        row.append(entry.outcome().kind() == Kind.FAILED ? "<td class=\"failure\">" : "<td>");
        row.append(Html.escape(entry.outcome().inWords())).append("</td>");
        list(row, entry.reasons(), Function.identity());
        list(row, entry.voices(), voice -> said(voice, entry.reasons()));
    }

    private static List<String> when(ScalingEntry entry) {
        String first = day(entry.first()) + " " + TimeAxis.clock(entry.first());
        return entry.ticks() == 1
                ? List.of(first)
                : List.of(first, entry.ticks() + " times until " + TimeAxis.clock(entry.last()));
    }

    private static String day(Instant time) {
        return time.toString().substring(0, 10);
    }

    /** A policy's reason that the decision's reasons repeat need not be read twice. */
    private static String said(Voice voice, List<String> reasons) {
        String wish = voice.policy() + ": " + voice.wish();
        return reasons.stream().anyMatch(reason -> reason.contains(voice.reason()))
                ? wish
                : wish + " (" + voice.reason() + ")";
    }

    private static void cell(StringBuilder row, String text) {
        row.append("<td>").append(Html.escape(text)).append("</td>");
    }

    private static <T> void list(StringBuilder row, List<T> things, Function<T, String> text) {
        row.append("<td><ul>");
        things.forEach(thing ->
                row.append("<li>").append(Html.escape(text.apply(thing))).append("</li>"));
        row.append("</ul></td>");
    }

    private static String wide(String content) {
        return "<div class=\"wide\">" + content + "</div>";
    }

    private List<Instant> times() {
        return ticks.stream().map(ScalingTick::at).toList();
    }

    private double[] values(ToDoubleFunction<ScalingTick> value) {
        return ticks.stream().mapToDouble(value).toArray();
    }

    private double most(ToDoubleFunction<ScalingTick> value) {
        return ticks.stream().mapToDouble(value).max().orElse(0);
    }
}
