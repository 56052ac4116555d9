package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestJobTest {
    /** Two hours of steps of 15 s. */
    private static final int STEPS = 480;

    @TempDir
    Path folder;

    private Path wave;
    private Path jump;

    @BeforeEach
    void writeTraces() throws IOException {
        List<String> waves = new ArrayList<>(List.of("timestamp,value"));
        List<String> jumps = new ArrayList<>(List.of("timestamp,value"));
        for (int step = 0; step < STEPS; step++) {
            String time =
                    String.format(Locale.ROOT, "2026-01-01 %02d:%02d:%02d", step / 240, step / 4 % 60, step % 4 * 15);
            waves.add(time + "," + (100 + 80 * (step % 100 < 50 ? 1 : -1)));
            jumps.add(time + "," + (step < 240 ? 50 : 500));
        }
        wave = Files.write(folder.resolve("wave.csv"), waves);
        jump = Files.write(folder.resolve("jump.csv"), jumps);
    }

    private JobHarness.Ended backtest(Object... options) {
        return JobHarness.run(
                new BacktestJob(),
                Stream.concat(
                                Stream.of("--measure-from", "0.02", "--output", folder.resolve("out")),
                                Stream.of(options))
                        .toArray());
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve("out").resolve(file));
    }

    @Test
    void aRowATracePolicyAndSettingAndTheStepsOfWhatWasNamed() throws IOException {
        JobHarness.Ended ended =
                backtest("--trace", wave, jump, "--policy", "oracle", "hpa-load", "--policy", "hpa-load@0.50");
        assertEquals(0, ended.status(), ended.err());
        List<String> table = lines("table.csv");
        assertTrue(
                table.get(0).startsWith("trace,policy,setting,slo_violation_percent,relative_cost,under_accuracy,"),
                table.get(0));
        assertEquals(
                List.of(
                        "wave,oracle,0",
                        "wave,hpa-load,0.7",
                        "wave,hpa-load,0.5",
                        "jump,oracle,0",
                        "jump,hpa-load,0.7",
                        "jump,hpa-load,0.5"),
                table.stream()
                        .skip(1)
                        .map(line -> line.split(",")[0] + "," + line.split(",")[1] + "," + line.split(",")[2])
                        .toList());
        for (String trace : List.of("wave", "jump")) {
            for (String policy : List.of("oracle", "hpa-load", "hpa-load@0.5")) {
                List<String> steps = lines("steps/" + trace + "/" + policy + ".csv");
                assertEquals("step,load,desired,ready,queue", steps.get(0));
                assertEquals(STEPS + 1, steps.size());
                assertTrue(steps.get(1).startsWith("0,"), steps.get(1));
            }
        }
        JsonNode summary = JobHarness.JSON.readTree(
                folder.resolve("out").resolve("summary.json").toFile());
        assertEquals(60, summary.at("/options/provisioning_delay").asInt());
        assertEquals("bound", summary.at("/policies/0/kind").asText());
        double cost = Double.parseDouble(table.get(2).split(",")[4])
                + Double.parseDouble(table.get(5).split(",")[4]);
        assertEquals(cost / 2, summary.at("/policies/1/mean/relative_cost").asDouble(), 1e-12);
        String report = Files.readString(folder.resolve("out").resolve("report.html"));
        assertTrue(report.contains("hpa-load@0.5") && report.contains("oracle (bound)"));
        try (Stream<Path> left = Files.list(folder.resolve("out"))) {
            assertEquals(4, left.count());
        }
    }

    @Test
    void aSweepRunsTheGridAndKeepsTheStepsOfTheDefaults() throws IOException {
        Path grid = Files.writeString(folder.resolve("grid.yaml"), "hpa-load: [0.5, 0.70, 0.9]\npeak: [1-0.5]\n");
        JobHarness.Ended ended = backtest("--trace", wave, "--policy", "hpa-load", "--sweep", "--grid", grid);
        assertEquals(0, ended.status(), ended.err());
        assertEquals(4, lines("table.csv").size());
        assertTrue(Files.exists(folder.resolve("out/steps/wave/hpa-load.csv")));
        assertFalse(Files.exists(folder.resolve("out/steps/wave/hpa-load@0.5.csv")));
    }

    @Test
    void theGridThatComesWithTheProgramHoldsSettingsThatCanBe() {
        JobHarness.Ended ended = backtest("--trace", wave, "--policy", "static", "--sweep");
        assertEquals(0, ended.status(), ended.err());
    }

    @Test
    void anotherRunTakesThePlaceOfTheOne() throws IOException {
        assertEquals(0, backtest("--trace", wave, jump, "--policy", "peak").status());
        assertEquals(2, backtest("--trace", wave, "--policy", "static").status());
        assertEquals(
                0,
                backtest("--trace", wave, "--policy", "static", "--overwrite").status());
        assertEquals(2, lines("table.csv").size());
        assertFalse(Files.exists(folder.resolve("out/steps/jump")));
        assertFalse(Files.exists(folder.resolve("out/steps/wave/peak.csv")));
    }

    @Test
    void aCallersMistakeIsOneSentence() throws IOException {
        refused(
                "There is no policy \"hpa\", expected one of oracle, static, threshold,",
                "--trace",
                wave,
                "--policy",
                "hpa");
        refused("The policy hpa-load@7 cannot be: target is 7,", "--trace", wave, "--policy", "hpa-load@7");
        refused("The policy threshold@0.2 cannot be: upper is 0.2,", "--trace", wave, "--policy", "threshold@0.2");
        refused("--provisioning-delay is -1, expected", "--trace", wave, "--provisioning-delay", "-1");
        refused("--measure-from is -1, expected", "--trace", wave, "--measure-from", "-1");
        refused("The trace " + wave + " is 0.083 days long", "--trace", wave, "--measure-from", "0.5");
        refused("Two traces are called wave", "--trace", wave, wave);
        Path comma = Files.copy(wave, folder.resolve("a,b.csv"));
        refused("The trace " + comma + " (--trace) names what is written", "--trace", comma);
        Path missing = folder.resolve("missing.csv");
        refused(missing + " cannot be read", "--trace", missing);
        Path broken = Files.writeString(folder.resolve("broken.csv"), "timestamp,value\n2026-01-01 00:00:00,many\n");
        refused(broken + ", line 2 has the value \"many\"", "--trace", broken);
        Path grid = Files.writeString(folder.resolve("grid.yaml"), "hpa-load: 0.5\n");
        refused("The grid " + grid + " (--grid) has no list", "--trace", wave, "--sweep", "--grid", grid);
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void helpNamesThePoliciesAndWhatTheirSettingIs() {
        JobHarness.Ended ended = JobHarness.run(new BacktestJob(), "--help");
        assertEquals(0, ended.status());
        assertTrue(ended.out().contains("hpa-load target: load over capacity aimed at"), ended.out());
        assertTrue(ended.out().contains("--driver-memory"), ended.out());
    }

    private void refused(String beginning, Object... options) {
        Object[] all = Stream.concat(Stream.of("--output", folder.resolve("out")), Stream.of(options))
                .toArray();
        boolean measured = Stream.of(options).anyMatch("--measure-from"::equals);
        JobHarness.Ended ended = measured ? JobHarness.run(new BacktestJob(), all) : backtest(options);
        assertEquals(2, ended.status(), ended.err());
        assertTrue(ended.err().startsWith(beginning), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
    }
}
