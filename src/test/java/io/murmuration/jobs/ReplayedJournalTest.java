package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.scaling.AutoScaler;
import io.murmuration.scaling.DecisionJournal;
import io.murmuration.scaling.InstanceController;
import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.JournalTick;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingDecision;
import io.murmuration.scaling.ScalingOutcome;
import io.murmuration.scaling.ScalingSettings;
import io.murmuration.scaling.SeriesForecast;
import io.murmuration.scaling.policy.PolicyCatalog;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayedJournalTest {
    private static final int TICKS = 400;

    @TempDir
    Path folder;

    @Test
    void theDecisionsOfALiveRunAreMadeAgain() throws IOException {
        JobHarness.Ended result =
                run(journal(), "--output", folder.resolve("out").toString());
        assertEquals(0, result.status(), result.err());
        JsonNode summary = summary();
        assertEquals(TICKS, summary.get("ticks").asInt());
        assertEquals(0, summary.get("differing").asInt());
        assertTrue(summary.get("changes").asInt() > 10, summary::toString);
        List<String> steps = Files.readAllLines(folder.resolve("out/steps/live/recorded.csv"));
        assertEquals("step,load,desired,ready,queue", steps.get(0));
        assertEquals(TICKS + 1, steps.size());
        assertEquals(
                TICKS + 1,
                Files.readAllLines(folder.resolve("out/decisions.csv")).size());
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("<svg"));
    }

    @Test
    void anotherPolicyMayDecideByWhatWasRecorded() throws IOException {
        JobHarness.Ended result = run(
                journal(),
                "--policy",
                "hpa-load@0.5",
                "--output",
                folder.resolve("out").toString());
        assertEquals(0, result.status(), result.err());
        assertTrue(summary().get("differing").asInt() > 0);
        assertTrue(Files.exists(folder.resolve("out/steps/live/hpa-load@0.5.csv")));
        String report = Files.readString(folder.resolve("out/report.html"));
        assertTrue(report.contains("only advised: recorded was "), "what was decided now was not carried out then");
    }

    @Test
    void whatSaysHowTracesAreRunIsRefusedWithAJournal() throws IOException {
        for (String option : List.of("--sweep", "--grid=g.yaml", "--provisioning-delay=60", "--measure-from=1")) {
            JobHarness.Ended result =
                    run(journal(), option, "--output", folder.resolve("out").toString());
            assertEquals(2, result.status(), option);
            String name = option.replaceFirst("=.*", "");
            assertEquals(
                    "--journal and " + name + " are both given, expected " + name
                            + " with --trace alone: a journal tells by itself what was measured and when\n",
                    result.err());
        }
    }

    @Test
    void helpNamesThePolicyThatJournalsAloneKnow() {
        JobHarness.Ended help = JobHarness.run(new BacktestJob(), "--help");
        assertEquals(
                1,
                help.out()
                        .lines()
                        .filter(line -> line.startsWith("  demand (with --journal only) "))
                        .count(),
                help.out());
    }

    @Test
    void whatIsNoJournalIsRefusedInASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("live.jsonl"), "timestamp,value\n");
        JobHarness.Ended result = run(file, "--output", folder.resolve("out").toString());
        assertEquals(2, result.status());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("live.jsonl, line 1 "), result.err());
        assertTrue(Files.notExists(folder.resolve("out")));
    }

    @Test
    void aTraceAndAJournalAreOneTooMany() throws IOException {
        JobHarness.Ended result = run(
                journal(), "--trace", "x.csv", "--output", folder.resolve("out").toString());
        assertEquals(2, result.status());
        assertEquals("--trace and --journal are both given, expected one of the two\n", result.err());
    }

    private JobHarness.Ended run(Path journal, String... options) {
        List<String> all = new ArrayList<>(List.of("--journal", journal.toString()));
        all.addAll(List.of(options));
        return JobHarness.run(new BacktestJob(), all.toArray(String[]::new));
    }

    private JsonNode summary() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    }

    /** What is asked for is there. */
    private static final class Service implements InstanceController {
        private int instances = 3;

        @Override
        public InstanceCounts counts() {
            return new InstanceCounts(instances, instances, 0);
        }

        @Override
        public void scaleTo(int wanted) {
            instances = wanted;
        }
    }

    /** A run whose load wanders; what was decided was done at once. */
    private Path journal() throws IOException {
        ScalingSettings settings = ScalingSettings.parse(
                """
                instances: {max: 40}
                policies: [auto, peak]
                stabilisation: {down: 1 min}
                """);
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        AutoScaler scaler = settings.autoScaler(PolicyCatalog.ofTasks(), SeriesForecast.NONE, () -> now[0]);
        StringWriter lines = new StringWriter();
        Random random = new Random(7);
        Service service = new Service();
        double load = 3;
        try (DecisionJournal journal = new DecisionJournal(lines, settings)) {
            for (int tick = 0; tick < TICKS; tick++) {
                load = Math.max(0.5, load + random.nextGaussian());
                ResourceMetrics metrics = ResourceMetrics.at(now[0])
                        .with(Metric.LOAD, load)
                        .with(Metric.QUEUED_WORK, Math.max(0, load - service.instances))
                        .with(Metric.INSTANCE_CAPACITY, 1)
                        .with(Metric.ACTIVE_INSTANCES, service.instances)
                        .with(Metric.REQUESTED_INSTANCES, service.instances)
                        .with(Metric.PROVISIONING_TIME, 30)
                        .build();
                ScalingDecision decision = scaler.evaluateScaling(metrics);
                ScalingOutcome outcome = scaler.applyScalingDecision(decision, service);
                journal.write(new JournalTick(now[0], metrics, decision, outcome));
                now[0] = now[0].plusSeconds(15);
            }
        }
        return Files.writeString(folder.resolve("live.jsonl"), lines.toString());
    }
}
