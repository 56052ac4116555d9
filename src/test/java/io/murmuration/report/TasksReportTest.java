package io.murmuration.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.summary.QuantileSketch;
import io.murmuration.summary.TaskMoment;
import io.murmuration.summary.TaskSeries;
import io.murmuration.summary.TaskSummary;
import io.murmuration.summary.TaskSummary.TaskFailure;
import io.murmuration.summary.TaskSummary.WorkerLoad;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page about tasks")
class TasksReportTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void showsWhereTasksStoodHowLongTheyTookWhoDidThemAndWhatFailed() {
        String html = report(
                        3,
                        List.of(
                                new TaskFailure("the model is wrong", 2, "task-7"),
                                new TaskFailure("timed out after 5 s", 1234, "task-9")))
                .html();
        assertTrue(html.contains("<dt>tasks</dt><dd>1,300</dd>"), html);
        assertTrue(html.contains(">waiting</text>"), html);
        assertTrue(html.contains(">succeeded</text>"), html);
        assertTrue(html.contains(">expired</text>"), html);
        assertTrue(html.contains("first start: p50 50 ms, p95 95.2 ms, p99 99.1 ms, at most 100 ms."), html);
        assertTrue(html.contains("to its end: p50 2.02 s"), html);
        assertTrue(html.contains(">50 % · 100</text>"), html);
        assertTrue(
                html.indexOf("<td>timed out after 5 s</td><td>1,234</td><td>task-9</td>")
                        < html.indexOf("<td>the model is wrong</td>"),
                "what failed most often comes first");
        assertFalse(html.contains("NaN"), html);
        assertEquals(6, Charts.wellFormed(html));
    }

    @Test
    void namesTheBusiestOfManyWorkers() {
        String html = report(100, List.of()).html();
        assertTrue(html.contains("The 24 busiest of 100."), html);
        assertTrue(html.contains(">agent-99<"), html);
        assertFalse(html.contains(">agent-75<"), html);
        assertTrue(html.contains("<h3>What failed, and why</h3><p>None.</p>"), html);
    }

    @Test
    void hasNoChartOfTasksThatEndedOtherwiseWhereAllSucceeded() {
        TaskSeries series = new TaskSeries();
        series.add(new TaskMoment(START, 0, 0, new TreeMap<>(Map.of("succeeded", 1L))));
        TaskSummary tasks = new TaskSummary(series, new QuantileSketch(), new QuantileSketch(), List.of(), List.of());
        String html = new TasksReport("One", Map.of(), "agents", tasks).html();
        assertTrue(html.contains("<h3>Tasks that have succeeded</h3>"), html);
        assertFalse(html.contains("otherwise"), html);
    }

    @Test
    void isAPageWhereNothingHappened() {
        TaskSummary nothing =
                new TaskSummary(new TaskSeries(), new QuantileSketch(), new QuantileSketch(), List.of(), List.of());
        String html = new TasksReport("Nothing", Map.of(), "agents", nothing).html();
        assertTrue(html.contains("<h3>Tasks under way</h3><p>Nothing yet.</p>"), html);
        assertTrue(html.contains("first start: none did."), html);
        assertTrue(html.contains("<h3>Load of agents</h3><p>Nobody was there.</p>"), html);
        assertEquals(0, Charts.wellFormed(html));
    }

    @Test
    void takesWhateverNamesHoldAsText() {
        String evil = "<img src=x onerror=\"a('b')\">&";
        TaskSeries series = new TaskSeries();
        series.add(new TaskMoment(START, 1, 1, new TreeMap<>(Map.of(evil, 1L))));
        TaskSummary tasks = new TaskSummary(
                series,
                new QuantileSketch(),
                new QuantileSketch(),
                List.of(new WorkerLoad(evil, 1, 1)),
                List.of(new TaskFailure(evil, 1, evil)));
        String html = new TasksReport(evil, Map.of(evil, evil), evil, tasks).html();
        assertFalse(html.contains("<img"), html);
        assertFalse(html.contains("('b')"), html);
        assertEquals(4, Charts.wellFormed(html));
    }

    static TasksReport report(int workers, List<TaskFailure> failures) {
        TaskSeries series = new TaskSeries();
        for (int i = 0; i < 120; i++) {
            series.add(new TaskMoment(
                    START.plusSeconds(i),
                    Math.max(0, 40 - Math.abs(i - 40)),
                    i < 110 ? 4 + i % 3 : 0,
                    new TreeMap<>(
                            Map.of("succeeded", 10L * i, "failed", i / 2L, "expired", i / 9L, "cancelled", i / 30L))));
        }
        QuantileSketch waiting = new QuantileSketch();
        QuantileSketch running = new QuantileSketch();
        for (int i = 1; i <= 100; i++) {
            waiting.add(i / 1000.0);
            running.add(i / 25.0);
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", "1,300");
        facts.put("succeeded", "1,190");
        facts.put("agents", Integer.toString(workers));
        facts.put("command", "jobs/orchestrate --agents " + workers);
        return new TasksReport(
                "Tasks of " + workers + " agents",
                facts,
                "agents",
                new TaskSummary(
                        series,
                        waiting,
                        running,
                        IntStream.range(0, workers)
                                .mapToObj(i -> new WorkerLoad("agent-" + i, 100, (i + 1.0) / (workers + 1)))
                                .toList(),
                        failures));
    }
}
