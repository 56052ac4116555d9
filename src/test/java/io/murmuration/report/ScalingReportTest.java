package io.murmuration.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.report.ScalingEntry.Kind;
import io.murmuration.report.ScalingEntry.Outcome;
import io.murmuration.report.ScalingEntry.Voice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScalingReportTest {
    private static final Instant START = Instant.parse("2026-03-01T23:59:50Z");
    private static final Outcome APPLIED = new Outcome(Kind.APPLIED, "");

    @Test
    @DisplayName("The page has the numbers of now, both charts, and the changes with who said what, the newest first")
    void page() {
        ScalingReport report = report(
                List.of(tick(0, 4, 1, 1, 2), tick(1, 4, 1, 4, 8), tick(2, 2.5, 4, 3, 1.26)),
                List.of(change(1, 1, 4, APPLIED, "4 tasks wait"), change(2, 4, 3, APPLIED, "2 tasks run")));
        String page = report.html();
        assertTrue(page.contains("<dt>ready</dt><dd>4</dd>"), page);
        assertTrue(page.contains("<dt>demand</dt><dd>2.5</dd>"), page);
        assertTrue(page.contains("<dt>queue delay</dt><dd>1.3 s</dd>"), page);
        assertEquals(2, Charts.wellFormed(page));
        assertTrue(page.indexOf("<td>4 → 3</td>") < page.indexOf("<td>1 → 4</td>"), "the newest comes first");
        assertTrue(page.contains("2026-03-01 23:59:51"));
        assertTrue(page.contains("<li>4 tasks wait</li>"));
        assertTrue(page.contains("<li>rule: hold (all is well)</li>"), "what is not among the reasons is told");
        assertTrue(page.contains("<li>demand: 4</li>"), "what is among the reasons is not told twice");
    }

    @Test
    @DisplayName("Without ticks there is a sentence and no chart")
    void nothing() {
        String page =
                new ScalingReport("Scaling", List.of(), List.of(), Optional.empty(), "it has not ticked yet").html();
        assertEquals(0, Charts.wellFormed(page));
        assertTrue(page.contains("has not measured anything yet; it has not ticked yet."), page);
    }

    @Test
    @DisplayName("One tick of which nothing is known has its chart, a sentence in place of the other, and no change")
    void oneTick() {
        ScalingTick tick = new ScalingTick(START, OptionalDouble.empty(), 0, 0, 0, OptionalDouble.empty());
        String page = report(List.of(tick), List.of()).html();
        assertEquals(1, Charts.wellFormed(page));
        assertTrue(page.contains("was never known"), page);
        assertTrue(page.contains("No decision was to change anything so far."), page);
        assertFalse(page.contains("NaN"), page);
    }

    @Test
    @DisplayName("Whatever names and reasons hold is text")
    void escapes() {
        ScalingEntry evil = ScalingEntry.once(
                START,
                1,
                2,
                List.of(new Voice("<b>p</b>", "2", "it's \"so\" & so")),
                List.of("<script>alert(1)</script>"),
                new Outcome(Kind.FAILED, "a <i> of Spark's"));
        ScalingReport report = new ScalingReport(
                "<title>", List.of(tick(0, 1, 1, 1, 0)), List.of(evil), Optional.of(evil), "it is <not> well");
        String page = report.html();
        for (String raw : List.of("<b>", "<script>alert", "<i>", "<not>", "\"so\"", "it's", "<title><")) {
            assertFalse(page.contains(raw), raw);
        }
        assertEquals(2, Charts.wellFormed(page));
    }

    @Test
    @DisplayName(
            "Of a hundred thousand ticks the chart draws what can be seen, peaks included, and the table has all changes")
    void manyTicks() {
        List<ScalingTick> ticks = IntStream.range(0, 100_000)
                .mapToObj(i -> tick(i, i == 55_555 ? 9 : 2, 2, 2, 0))
                .toList();
        List<ScalingEntry> changes = IntStream.range(0, 3_000)
                .mapToObj(i -> change(30 * i, 2, i % 2 == 0 ? 3 : 1, APPLIED, "reason " + i + "."))
                .toList();
        String page = report(ticks, changes).html();
        assertEquals(2, Charts.wellFormed(page));
        Matcher area = Pattern.compile("<path class=\"demand\" d=\"(.*?)\"").matcher(page);
        assertTrue(area.find());
        assertTrue(area.group(1).length() < 60_000, "steps that nobody sees are left out");
        assertTrue(page.contains("<dt>demand</dt><dd>2</dd>"));
        assertTrue(
                Pattern.compile("V32.0H").matcher(area.group(1)).find(),
                "one tick of 9 in its column of pixels reaches the top");
        IntStream.range(0, 3_000).forEach(i -> assertTrue(page.contains("<li>reason " + i + ".</li>")));
        assertEquals(page, report(ticks, changes).html());
    }

    @Test
    @DisplayName("Demand far above all capacity does not squash capacity, and the sentence says how far it goes")
    void demandOffTheChart() {
        String page = report(List.of(tick(0, 500, 1, 1, 0), tick(1, 500, 1, 4, 0)), List.of())
                .html();
        assertTrue(page.contains("Demand goes beyond the chart, up to 500."), page);
        assertTrue(page.contains(">6</text>"), "the scale ends at one and a half times the capacity");
        assertFalse(page.contains(">500</text>"));
    }

    @Test
    @DisplayName("A decision made again and again is one row that says how often")
    void again() {
        Outcome paused = new Outcome(Kind.ADVISED, "the autoscaler is paused");
        ScalingEntry entry = change(0, 1, 3, paused, "work waits");
        ScalingEntry later = change(4, 1, 3, paused, "more work waits");
        assertTrue(entry.isRepeatedBy(later));
        assertFalse(entry.isRepeatedBy(change(4, 1, 2, paused, "work waits")));
        String page =
                report(List.of(tick(0, 3, 1, 1, 0)), List.of(entry.and(later))).html();
        assertTrue(page.contains("<li>2026-03-01 23:59:50</li><li>2 times until 23:59:54</li>"), page);
        assertTrue(page.contains("only advised: the autoscaler is paused"), page);
    }

    @Test
    @DisplayName("Ticks of a scale of time stand at round times, and midnight shows the date")
    void timeAxis() {
        double start = TimeAxis.seconds(START);
        Axis seconds = TimeAxis.between(start, start + 30, 0, 100);
        assertEquals(5, seconds.step());
        assertEquals("23:59:55", TimeAxis.label(seconds, seconds.ticks().get(1)));
        Axis hours = TimeAxis.between(start, start + 86_400, 0, 100);
        assertEquals(3 * 3600, hours.step());
        assertEquals("03-02", TimeAxis.label(hours, hours.ticks().get(0)));
        assertEquals("03:00", TimeAxis.label(hours, hours.ticks().get(1)));
        assertEquals(2 * 86_400, TimeAxis.between(0, 9 * 86_400, 0, 100).step());
        assertEquals("UTC, 2026-03-01 to 2026-03-02", TimeAxis.title(START, START.plusSeconds(10)));
    }

    @Test
    @DisplayName("A column of pixels keeps its first, least, greatest and last point, and gaps are gaps")
    void pixelColumns() {
        double[] x = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 1, 2};
        double[] y = {5, 6, 1, 7, 9, 8, 3, Double.NaN};
        assertEquals(List.of(0, 2, 4, 5, 6, 7), PixelColumns.visible(x, y));
        assertEquals(
                List.of(0, 1, 2),
                PixelColumns.visible(new double[] {0, 0.1, 0.2}, new double[] {Double.NaN, 4, Double.NaN}));
    }

    private static ScalingReport report(List<ScalingTick> ticks, List<ScalingEntry> changes) {
        return new ScalingReport(
                "Scaling of load",
                ticks,
                changes,
                changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(changes.size() - 1)),
                "executors come and go as asked for");
    }

    private static ScalingTick tick(int second, double demand, int ready, int requested, double queueSeconds) {
        return new ScalingTick(
                START.plusSeconds(second),
                OptionalDouble.of(demand),
                ready,
                requested,
                0,
                OptionalDouble.of(queueSeconds));
    }

    private static ScalingEntry change(int second, int from, int to, Outcome outcome, String reason) {
        return ScalingEntry.once(
                START.plusSeconds(second),
                from,
                to,
                List.of(new Voice("demand", Integer.toString(to), reason), new Voice("rule", "hold", "all is well")),
                List.of(reason),
                outcome);
    }
}
