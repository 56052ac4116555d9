package io.murmuration.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.policy.PeakPolicy;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final ScalingSettings SETTINGS = ScalingSettings.parse(
            """
            instances: {min: 1, max: 30}
            policies:
              - peak
              - rule: cpu
                thresholds: {cpu_percent: {up: 70, down: 30, hysteresis: 5}}
                instances: {max: 25}
                coolDown: 30 s
                evaluationPeriod: 15 s
                step: 25 %
              - backlog: 1 min
              - latency: 100 ms
              - deadline: 2026-03-02T13:00:00Z
            stabilisation: {up: 15 s, down: 45 s}
            tolerance: 5 %
            effectiveShare: 0.1
            stepLimits: [{direction: up, instances: 3, share: 50 %, period: 1 min}]
            schedules: [{name: noon, from: "12:10", to: "18:00", min: 12}]
            budget: {instanceHour: 1, perHour: 20, perDay: 300}
            """);

    private static ScalingPolicy catalogue(String name, Optional<String> setting, ScalingContext context) {
        assertEquals("peak", name);
        return new PeakPolicy(context, 1, 0.8);
    }

    /** A run with everything that happens: absent and unusable metrics, a clock that jumps, failures, a pause. */
    private static List<JournalTick> run(long seed, int ticks) {
        Random random = new Random(seed);
        VirtualClock clock = new VirtualClock();
        AutoScaler scaler = SETTINGS.autoScaler(JournalTest::catalogue, SeriesForecast.NONE, clock);
        InstanceController pool = new InstanceController() {
            @Override
            public InstanceCounts counts() {
                return new InstanceCounts(0, 0, 0);
            }

            @Override
            public void scaleTo(int instances) throws ScalingFailedException {
                if (random.nextInt(5) == 0) {
                    throw new ScalingFailedException("no luck with " + instances);
                }
            }
        };
        List<JournalTick> journal = new ArrayList<>();
        int requested = 5;
        for (int tick = 0; tick < ticks; tick++) {
            clock.advanceSeconds(random.nextInt(20) == 0 ? random.nextInt(2000) - 1000 : 15);
            ResourceMetrics metrics = metrics(clock.instant().minusMillis(random.nextInt(500)), requested, random);
            clock.advanceSeconds(random.nextInt(40) == 0 ? 60 : 0);
            if (random.nextInt(30) == 0) {
                scaler.pause("a while");
            } else {
                scaler.resume();
            }
            Instant decided = clock.instant();
            ScalingDecision decision = scaler.evaluateScaling(metrics);
            clock.advance(Duration.ofMillis(random.nextInt(300)));
            ScalingOutcome outcome = scaler.applyScalingDecision(decision, pool);
            requested = outcome instanceof ScalingOutcome.Applied applied
                    ? applied.action().to()
                    : requested;
            journal.add(new JournalTick(decided, metrics, decision, outcome));
        }
        return journal;
    }

    private static ResourceMetrics metrics(Instant at, int requested, Random random) {
        ResourceMetrics.Builder metrics = ResourceMetrics.at(at)
                .with(Metric.LOAD, 200 * random.nextDouble())
                .with(Metric.QUEUED_WORK, random.nextInt(3) * random.nextDouble() * 100)
                .with(Metric.INSTANCE_CAPACITY, 10)
                .with(Metric.UTILISATION, random.nextDouble())
                .with(Metric.RESPONSE_TIME, 150 * random.nextDouble())
                .with(new Metric("own_metric", Metric.Unit.MEBIBYTES), random.nextGaussian())
                .label("stage", "stage " + random.nextInt(9));
        if (random.nextInt(15) != 0) {
            metrics.with(Metric.REQUESTED_INSTANCES, requested)
                    .with(Metric.ACTIVE_INSTANCES, Math.max(0, requested - random.nextInt(3)));
        }
        if (random.nextInt(10) != 0) {
            metrics.with(Metric.CPU_PERCENT, random.nextInt(10) == 0 ? Double.NaN : 100 * random.nextDouble());
        }
        if (random.nextInt(3) == 0) {
            metrics.with(Metric.PROVISIONING_TIME, 60 * random.nextDouble());
        }
        return metrics.build();
    }

    private static String text(List<JournalTick> ticks) throws IOException {
        StringWriter text = new StringWriter();
        try (DecisionJournal journal = new DecisionJournal(text, SETTINGS)) {
            for (JournalTick tick : ticks) {
                journal.write(tick);
            }
        }
        return text.toString();
    }

    @Property(tries = 20)
    void aRandomRunIsReadAsItWasWrittenAndDecidedTheSame(@ForAll long seed) throws IOException {
        List<JournalTick> ticks = run(seed, 300);
        Path file = Files.createTempFile("journal", ".jsonl");
        Files.writeString(file, text(ticks));
        Journal journal = Journal.read(file);
        Files.delete(file);
        assertEquals(ticks, journal.ticks());
        assertEquals(Optional.empty(), journal.torn());
        for (ReplayedTick tick : new JournalReplay(journal, JournalTest::catalogue, SeriesForecast.NONE).replay()) {
            assertEquals(tick.recorded().decision(), tick.decision());
            assertTrue(tick.isSame());
        }
    }

    @Test
    void aRandomRunHasAllThatHappens() {
        List<JournalTick> ticks = run(1, 2000);
        for (Class<?> outcome : Set.of(
                ScalingOutcome.Unchanged.class,
                ScalingOutcome.Applied.class,
                ScalingOutcome.Advised.class,
                ScalingOutcome.Failed.class)) {
            assertTrue(ticks.stream().anyMatch(tick -> outcome.isInstance(tick.outcome())), outcome.getName());
        }
        for (String reason : List.of(
                "went back",
                "leapt",
                "stale",
                "neither",
                "no finite number",
                "stabilised",
                "tolerance",
                "votes",
                "at most 3 instances or 50 % more",
                "the schedule noon",
                "the budget of an hour")) {
            assertTrue(
                    ticks.stream()
                            .anyMatch(
                                    tick -> tick.decision().reasons().toString().contains(reason)),
                    reason);
        }
    }

    @Test
    void otherSettingsDecideOtherwiseByTheSameMetrics(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("journal.jsonl"), text(run(3, 100)));
        List<ReplayedTick> replayed = new JournalReplay(Journal.read(file), JournalTest::catalogue, SeriesForecast.NONE)
                .replay(ScalingSettings.parse("{instances: {max: 40}, policies: [peak]}"));
        assertEquals(100, replayed.size());
        assertTrue(replayed.stream().anyMatch(tick -> !tick.isSame()));
        assertTrue(replayed.stream()
                .allMatch(tick ->
                        tick.decision().present() == tick.recorded().decision().present()));
    }

    @Test
    void figuresThatAreNoNumbersArePreserved(@TempDir Path folder) throws IOException {
        Map<String, Double> figures = Map.of(
                "nan", Double.NaN, "infinite", Double.NEGATIVE_INFINITY, "least", Double.MIN_VALUE, "third", 1 / 3.0);
        ResourceMetrics metrics = ResourceMetrics.at(VirtualClock.NOON).build();
        JournalTick tick = new JournalTick(
                VirtualClock.NOON,
                metrics,
                new ScalingDecision(
                        VirtualClock.NOON,
                        1,
                        2,
                        List.of(new PolicyEvaluation("a", new Wish.Target(2, "\"quoted\"\n", figures))),
                        List.of()),
                new ScalingOutcome.Advised("so"));
        Path file = Files.writeString(folder.resolve("journal.jsonl"), text(List.of(tick)));
        assertEquals(List.of(tick), Journal.read(file).ticks());
    }

    @Test
    void aHalfWrittenLastLineIsLeftOutAndSaidSo(@TempDir Path folder) throws IOException {
        String whole = text(run(2, 3));
        Path file = Files.writeString(folder.resolve("journal.jsonl"), whole.substring(0, whole.length() - 30));
        Journal journal = Journal.read(file);
        assertEquals(2, journal.ticks().size());
        assertEquals(Optional.of("journal.jsonl, line 4 does not end and is left out"), journal.torn());
    }

    @Test
    void aBrokenLineIsASentenceWithItsNumber(@TempDir Path folder) throws IOException {
        String whole = text(run(2, 3));
        assertEquals(
                "broken.jsonl, line 3 has no \"clock\" where one is expected",
                broken(folder, whole.replaceFirst("(?s)(.*?\n.*?\n\\{)\"clock\"", "$1\"clack\"")));
        assertEquals(
                "broken.jsonl, line 1 is not the header of a decision journal, expected"
                        + " {\"format\":\"murmuration-scaling-journal\", …}",
                broken(folder, "{}\n"));
        assertEquals(
                "broken.jsonl, line 1 has version 7, expected 1",
                broken(folder, whole.replaceFirst("\"version\":1", "\"version\":7")));
        assertEquals("broken.jsonl has no whole line, expected the header of a decision journal", broken(folder, ""));
    }

    private static String broken(Path folder, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.jsonl"), text);
        return assertThrows(InvalidJournalException.class, () -> Journal.read(file))
                .getMessage();
    }
}
