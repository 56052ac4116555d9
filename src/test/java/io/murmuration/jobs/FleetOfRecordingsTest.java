package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Ten recordings of machines go through as they lie, each with its example model")
class FleetOfRecordingsTest {
    private static final Path METRICS = Path.of("..", "shared", "data", "metrics");
    private static final String MACHINE = "machine_temperature_system_failure";

    @TempDir
    static Path folder;

    /** By recording and time, in the form of the results: the values that the recording gives for that time. */
    private static final Map<String, Map<String, List<String>>> RECORDED = new TreeMap<>();

    /** By recording and time. */
    private static final Map<String, TreeMap<String, Double>> SURPRISE = new HashMap<>();

    private static JsonNode summary;

    @BeforeAll
    static void infer() throws IOException {
        assumeTrue(Files.isDirectory(METRICS), "the recordings " + METRICS + " are not there");
        readRecordings();
        JobHarness.Ended ended = JobHarness.run(
                new InferJob(),
                Stream.of(
                                "--model conf/models/metrics --model-column @file --agent @file --time timestamp",
                                "--observation value --format json --select agent_id,t,free_energy",
                                "--max-rejected " + conflicting() + " --input " + METRICS + "/*.csv",
                                "--output " + folder.resolve("output"))
                        .flatMap(words -> Stream.of(words.split(" ")))
                        .collect(
                                () -> new ArrayList<Object>(List.of("--step", "5 minutes")),
                                ArrayList::add,
                                ArrayList::addAll)
                        .toArray());
        assertEquals(0, ended.status(), ended.err());
        summary = JobHarness.JSON.readTree(folder.resolve("output/summary.json").toFile());
        for (JsonNode row : JobHarness.rows(folder.resolve("output/results"))) {
            SURPRISE.computeIfAbsent(row.get("agent_id").asText(), agent -> new TreeMap<>())
                    .put(row.get("t").asText(), row.get("free_energy").asDouble());
        }
    }

    private static void readRecordings() throws IOException {
        try (Stream<Path> files = Files.list(METRICS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                Map<String, List<String>> recorded = new TreeMap<>();
                List<String> lines = Files.readAllLines(file);
                for (String line : lines.subList(1, lines.size())) {
                    String[] cells = line.split(",");
                    recorded.computeIfAbsent(cells[0].replace(' ', 'T') + ".000000Z", time -> new ArrayList<>())
                            .add(cells[1]);
                }
                RECORDED.put(file.getFileName().toString().replace(".csv", ""), recorded);
            }
        }
    }

    private static boolean conflict(List<String> values) {
        return values.stream().map(Double::valueOf).distinct().count() > 1;
    }

    private static long conflicting() {
        return RECORDED.values().stream()
                .flatMap(recorded -> recorded.values().stream())
                .filter(FleetOfRecordingsTest::conflict)
                .mapToLong(List::size)
                .sum();
    }

    @Test
    void eachRecordingHasAResultForEachRowThatWasNotRejected() {
        assertEquals(10, RECORDED.size());
        assertEquals(RECORDED.keySet(), new TreeSet<>(SURPRISE.keySet()));
        RECORDED.forEach((agent, recorded) -> {
            Set<String> times = new HashSet<>(recorded.keySet());
            times.removeIf(time -> conflict(recorded.get(time)));
            times.removeAll(SURPRISE.get(agent).keySet());
            assertEquals(Set.of(), times.stream().limit(5).collect(Collectors.toSet()), agent + " has results for all");
        });
    }

    @Test
    void theRowsRejectedAreThoseOfOneTimeThatDiffer() throws IOException {
        Map<String, Integer> rejected = new TreeMap<>();
        for (JsonNode row : JobHarness.rows(folder.resolve("output/rejected"))) {
            assertEquals("conflicting-rows", row.get("code").asText());
            rejected.merge(
                    row.get("@file").asText() + " " + row.get("timestamp").asText(), 1, Integer::sum);
        }
        Map<String, Integer> expected = new TreeMap<>();
        RECORDED.forEach((agent, recorded) -> recorded.forEach((time, values) -> {
            if (conflict(values)) {
                expected.put(agent + " " + time.replace('T', ' ').replace(".000000Z", ""), values.size());
            }
        }));
        assertEquals(expected, rejected);
    }

    @Test
    void rowsAddUp() {
        long rows = RECORDED.values().stream()
                .flatMap(recorded -> recorded.values().stream())
                .mapToLong(List::size)
                .sum();
        long results = SURPRISE.values().stream().mapToLong(Map::size).sum();
        assertEquals(rows, number("rows_read"));
        assertEquals(conflicting(), number("rows_rejected"));
        assertEquals(results, number("rows_written"));
        assertEquals(results, rows - number("rows_rejected") - number("duplicates") + number("rows_inserted"));
    }

    @Test
    void theReportGivesTheCommandAsAShellTakesIt() throws IOException {
        String page = Files.readString(folder.resolve("output/report.html"));
        assertTrue(page.contains("infer --step &#39;5 minutes&#39; --model conf/models/metrics --model-column @file"));
    }

    @Test
    void theFailureOfTheMachineIsFarMoreSurprisingThanItsDays() {
        double[] sorted = SURPRISE.get(MACHINE).values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double median = sorted[sorted.length / 2];
        double failure = between("2013-12-15T17:50", "2013-12-17T17:00").max().orElseThrow();
        assertEquals(sorted[sorted.length - 1], failure, "nothing surprises more");
        assertTrue(failure > median + 200, failure + " nats, the median is " + median);
    }

    @Test
    void theQuietBeginningHasTheEvidenceThatTheModelFileStates() throws IOException {
        String model = Files.readString(Path.of("conf", "models", "metrics", MACHINE + ".yaml"));
        double sum = between("2013-12-02", "2013-12-10T06:25").sum();
        String stated = String.format(Locale.ROOT, "(%.1f nats)", sum);
        assertTrue(model.contains(stated), "it is " + stated);
    }

    /** Surprise of the machine from a time on and before another one. */
    private static DoubleStream between(String from, String to) {
        return SURPRISE.get(MACHINE).subMap(from, to).values().stream().mapToDouble(Double::doubleValue);
    }

    private static long number(String key) {
        return summary.get(key).asLong();
    }
}
