package io.murmuration.report;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.report.InferenceReport.PartitionWork;
import io.murmuration.summary.RunStatistics;
import io.murmuration.summary.RunStatistics.Row;
import io.murmuration.summary.RunSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InferenceReportTest {
    private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

    @Test
    @DisplayName("A fleet has a section a model, with a chart of each kind, all of it well-formed")
    void fleet() throws IOException {
        Map<String, RunSummary> models = new LinkedHashMap<>();
        models.put("T-maze", run(500, 40, 1));
        models.put("drone", controlled());
        String page = page("Inference with 2 models", models, Map.of("unknown_outcome", 12L, "bad_time", 3L));
        assertWellFormed(page, 11);
        assertTrue(page.contains("Model T-maze") && page.contains("Model drone"));
        Matcher links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
        assertEquals(2, links.results().count(), "the overview leads to each model");
        links.reset()
                .results()
                .forEach(link -> assertTrue(page.contains("id=\"" + link.group(1) + "\""), link.group(1)));
        assertTrue(page.contains("go left"));
    }

    @Test
    @DisplayName("Steps far beyond the first are drawn without a chart a row")
    void longRun() throws IOException {
        assertWellFormed(page("Long", Map.of("m", run(40, 100_000, 3000)), Map.of()), 7);
    }

    @Test
    @DisplayName("One agent of one step and constant values has its charts")
    void oneStep() throws IOException {
        RunStatistics state = new RunStatistics();
        state.row(new Row(0, 0.6931471805599453, 0, false, true));
        state.agent("only", 1, 0.6931471805599453);
        String page = page("One step", Map.of("m", state.summary()), Map.of());
        assertWellFormed(page, 4);
        assertTrue(page.contains("One agent, only, of 1 row."), "one agent is named, not compared");
        assertTrue(page.contains("0.693"));
    }

    @Test
    @DisplayName("Where nothing was inferred the page says so")
    void nothing() throws IOException {
        String page = page("Nothing", Map.of("m", new RunStatistics().summary()), Map.of("missing_key", 5L));
        assertWellFormed(page, 3);
        assertTrue(page.contains("Nothing was inferred."));
    }

    @Test
    @DisplayName("Where no partition ran there is no section on work")
    void noWork() {
        String page = new InferenceReport("Empty", Map.of(), Map.of(), Map.of(), Map.of(), List.of()).html();
        assertFalse(page.contains("<h2>Work"));
        assertWellFormed(page, 0);
    }

    @Test
    @DisplayName("Text of users is text on the page, not markup, nor a place to fill in")
    void escaped() throws IOException {
        String evil = "<script>alert('\"&')</script>{{body}}";
        RunStatistics state = new RunStatistics();
        state.row(new Row(0, 1, 1, false, true));
        state.agent(evil, 1, 1);
        String page = page(evil, Map.of(evil, state.summary(), "other", state.summary()), Map.of(evil, 1L));
        assertFalse(page.contains("<script"));
        assertEquals(1, page.split("<h1>", -1).length - 1);
        assertWellFormed(page, 7);
    }

    @Test
    @DisplayName("Long names that differ at their ends stay apart")
    void longNames() {
        String chart = new BarChart(
                        "CPU",
                        List.of(
                                new BarChart.Bar("ec2_cpu_utilization_24ae8d", 1, "1", ""),
                                new BarChart.Bar("ec2_cpu_utilization_53ea38", 2, "2", "")))
                .svg();
        assertTrue(chart.contains(">ec2_cpu_u…tion_24ae8d<") && chart.contains(">ec2_cpu_u…tion_53ea38<"), chart);
    }

    @Test
    @DisplayName("The page needs nothing from elsewhere")
    void selfContained() throws IOException {
        String page = page("Alone", Map.of("m", run(5, 5, 1)), Map.of());
        assertFalse(
                Pattern.compile("(src|href)=|url\\(|@import|http").matcher(page).find());
    }

    @Test
    @DisplayName("The page says when it surprised")
    void moments() throws IOException {
        RunStatistics state = new RunStatistics();
        state.row(new Row(0, 7.5, 0, false, true));
        state.agent("a<b", 1, 7.5);
        state.surprise("a<b", 90, 7.5);
        String page = page("When", Map.of("m", state.summary(t -> "minute " + t)), Map.of());
        assertTrue(page.contains("When it surprised"));
        assertTrue(page.contains("<tr><td>a&lt;b</td><td>minute 90</td><td>7.5</td></tr>"));
        assertFalse(page.contains("rows without observation") || page.contains("not finite"));
    }

    @Test
    @DisplayName("Rows without observation or finite numbers are facts, and charts do without them")
    void withoutNumbers() throws IOException {
        RunStatistics state = new RunStatistics();
        state.row(new Row(0, Double.NaN, 0, false, true));
        state.row(new Row(1, 0, 0.5, false, false));
        state.control(0, Double.NaN);
        state.agent("a", 2, Double.NaN);
        String page = page("Without numbers", Map.of("m", state.summary()), Map.of());
        assertTrue(page.contains("<dt>rows without observation</dt><dd>1</dd>"));
        assertTrue(page.contains("<dt>rows not finite</dt><dd>1</dd>"));
        assertTrue(page.contains("<dt>agents not finite</dt><dd>1</dd>"));
        assertWellFormed(page, 3);
        state.agent("b", 0, Double.NaN);
        assertWellFormed(page("No numbers at all", Map.of("m", state.summary()), Map.of()), 3);
    }

    private static RunSummary run(int agents, int rows, int stride) {
        Random random = new Random(7);
        RunStatistics state = new RunStatistics();
        for (int agent = 0; agent < agents; agent++) {
            double total = 0;
            double trouble = agent % 50 == 0 ? 3 : 1;
            for (int row = 0; row < rows; row += stride) {
                double surprise = trouble * (0.4 + Math.exp(-row / 10.0) + 0.3 * Math.abs(random.nextGaussian()));
                state.row(new Row(row, surprise, 0.1 + Math.exp(-row / 5.0), false, true));
                state.action(0, random.nextInt(3) == 0 ? 1 : 0);
                total += surprise;
            }
            state.agent(String.format("sensor-%04d", agent), rows, total);
        }
        return state.summary();
    }

    private static RunSummary controlled() {
        Random random = new Random(8);
        RunStatistics state = new RunStatistics();
        for (int row = 0; row < 300; row++) {
            state.row(new Row(row, -2 + random.nextGaussian(), -1.5, false, true));
            state.control(0, random.nextGaussian());
            state.control(1, 0.2 * random.nextGaussian() - 1);
        }
        state.agent("quadrotor", 300, -600);
        return state.summary();
    }

    private static String page(String title, Map<String, RunSummary> models, Map<String, Long> rejected)
            throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rows read", "20,015");
        facts.put("rows written", "20,000");
        facts.put("agents", "500");
        facts.put("seconds", "3.2");
        facts.put("seed", "42");
        facts.put("command", "infer --model conf/models --input /data/observations/*.csv --output /data/out");
        List<PartitionWork> work = IntStream.range(0, 8)
                .mapToObj(i -> new PartitionWork(i, i == 3 ? 6200 : 1900 + 37 * i, 0.4 + 0.1 * (i % 3)))
                .toList();
        List<List<String>> actions = List.of(List.of("go left", "go right"));
        String page = new InferenceReport(title, facts, models, Map.of("T-maze", actions), rejected, work).html();
        Path folder = Files.createDirectories(Path.of("target", "report-samples"));
        Files.writeString(folder.resolve(title.replaceAll("\\W+", "-") + ".html"), page);
        return page;
    }

    private static void assertWellFormed(String page, int charts) {
        Matcher svg = SVG.matcher(page);
        int found = 0;
        while (svg.find()) {
            String chart = svg.group();
            assertDoesNotThrow(
                    () -> DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(chart.getBytes(StandardCharsets.UTF_8))),
                    chart);
            assertFalse(chart.contains("NaN") || chart.contains("Infinity"), chart);
            found++;
        }
        assertEquals(charts, found);
    }
}
