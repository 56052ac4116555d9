package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.scaling.Journal;
import io.murmuration.scaling.JournalReplay;
import io.murmuration.scaling.ReplayedTick;
import io.murmuration.scaling.RollingForecast;
import io.murmuration.scaling.policy.PolicyCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An application that knows nothing of the autoscaler gets executors and gives them back")
class ScalingIT {
    private static final String CLUSTER = "local-cluster[4,1,512]";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** One task of forty runs for 8 s. */
    private static final String SKEWED = "skewed:40:300:8000";
    /** Work for several executors, during which one of them is killed. */
    private static final String HEAVY = "shuffled:40:2000:4";

    private static final String[] PHASES = {SKEWED, HEAVY, "rest:12000"};

    @TempDir
    static Path folder;

    private static List<JsonNode> journal;
    private static int tickOfTheKill;
    private static String output;

    @BeforeAll
    static void runItWithTheAutoscalerAndBesideItOnAFixedCluster() throws IOException, InterruptedException {
        ClusterApplication fixed =
                ClusterApplication.submit(folder, "fixed", "local-cluster[2,1,512]", Map.of(), SKEWED, HEAVY, "rest:0");
        ClusterApplication scaled = ClusterApplication.submit(folder, "scaled", CLUSTER, plugin("scaled", "5"), PHASES);
        tickOfTheKill = killAnExecutorWhileItIsScaledUp(scaled);
        assertEquals(0, scaled.await(), scaled::output);
        assertEquals(0, fixed.await(), fixed::output);
        journal = read("scaled");
        output = scaled.output();
    }

    private static Map<String, String> plugin(String name, String idle) {
        return Map.of(
                "--jars",
                Path.of("target/murmuration-scaling.jar").toAbsolutePath().toString(),
                "spark.plugins",
                "io.murmuration.scaling.spark.AutoScalerPlugin",
                "spark.murmuration.scaling.journal",
                folder.resolve(name + ".jsonl").toString(),
                "spark.murmuration.scaling.instances.max",
                "4",
                "spark.murmuration.scaling.delayTarget",
                "5s",
                "spark.murmuration.scaling.policies",
                "demand@" + idle);
    }

    /** Returns at which tick. */
    private static int killAnExecutorWhileItIsScaledUp(ClusterApplication application) throws IOException {
        while (true) {
            assertTrue(application.isAlive(), application::output);
            List<JsonNode> ticks = read("scaled");
            if (application.output().contains("ends: " + SKEWED) && !ticks.isEmpty()) {
                JsonNode last = ticks.get(ticks.size() - 1);
                if (ready(last) > 1) {
                    assertTrue(application.executors().get(0).destroyForcibly());
                    return ticks.size();
                }
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** The lines that are complete by now. */
    private static List<JsonNode> read(String name) throws IOException {
        Path file = folder.resolve(name + ".jsonl");
        List<JsonNode> ticks = new ArrayList<>();
        if (Files.exists(file)) {
            String text = Files.readString(file);
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                JsonNode json = JSON.readTree(line);
                if (json.has("clock")) {
                    ticks.add(json);
                }
            }
        }
        return ticks;
    }

    private static int ready(JsonNode tick) {
        return tick.at("/metrics/values/active_instances").asInt();
    }

    private static int requested(JsonNode tick) {
        return tick.at("/outcome/to")
                .asInt(tick.at("/metrics/values/requested_instances").asInt());
    }

    private static int first(List<JsonNode> ticks, int from, Predicate<JsonNode> condition) {
        for (int i = from; i < ticks.size(); i++) {
            if (condition.test(ticks.get(i))) {
                return i;
            }
        }
        throw new AssertionError("no such tick from " + from + " on:\n" + ticks.subList(from, ticks.size()));
    }

    @Test
    void executorsComeAsLoadRisesAndGoAsItFalls() {
        String begin = endOf(SKEWED);
        int asked = first(
                journal,
                0,
                tick -> tick.at("/clock").asText().compareTo(begin) > 0
                        && tick.at("/outcome/became").asText().equals("applied"));
        JsonNode outcome = journal.get(asked).get("outcome");
        assertTrue(outcome.get("to").asInt() > outcome.get("from").asInt(), outcome::toString);
        int came = first(journal, asked, tick -> ready(tick) > 1);
        assertTrue(journal.get(came).at("/metrics/values/provisioning_seconds").asDouble() > 0);
        JsonNode last = journal.get(journal.size() - 1);
        assertEquals(1, requested(last), last::toString);
        assertEquals(1, ready(last), last::toString);
    }

    @Test
    void aTaskThatRunsOnAloneKeepsOneExecutor() {
        assertOneExecutorOnceOneTaskRuns(journal);
    }

    private static void assertOneExecutorOnceOneTaskRuns(List<JsonNode> ticks) {
        int alone = first(
                ticks,
                0,
                tick -> tick.at("/metrics/values/pending_tasks").asInt() == 0
                        && tick.at("/metrics/values/running_tasks").asInt() == 1
                        && ready(tick) > 0);
        assertTrue(ticks.subList(0, alone).stream().anyMatch(tick -> ready(tick) > 1), ticks::toString);
        int down = first(ticks, alone, tick -> requested(tick) == 1);
        assertTrue(down - alone <= 1, "it takes " + (down - alone) + " ticks");
        assertEquals(1, ready(ticks.get(down + 1)), ticks.get(down + 1)::toString);
        String reason = ticks.get(down).at("/decision/evaluations/0/reason").asText();
        assertTrue(reason.startsWith("stage 0 (collect at LoadApplication.java:"), reason);
        assertTrue(reason.contains("1 task runs and 0 wait, which can use 1 executor of 1 slot"), reason);
    }

    @Test
    void anExecutorThatIsKilledIsReplaced() {
        assertTrue(output.contains("Lost executor"), output);
        int atTheKill = ready(journal.get(tickOfTheKill - 1));
        int lost = first(journal, tickOfTheKill, tick -> ready(tick) < atTheKill);
        first(journal, lost, tick -> ready(tick) >= requested(tick));
    }

    @Test
    void theDecisionsOfTheRunAreMadeAgainFromItsJournal() {
        Journal recorded = Journal.read(folder.resolve("scaled.jsonl"));
        List<ReplayedTick> again = new JournalReplay(recorded, PolicyCatalog.ofTasks(), new RollingForecast()).replay();
        assertEquals(journal.size(), again.size());
        for (ReplayedTick tick : again) {
            assertEquals(tick.recorded().decision(), tick.decision());
        }
    }

    @Test
    void resultsAreThoseOfAFixedClusterByteForByte() throws IOException {
        String scaled = Files.readString(folder.resolve("scaled.result")).replace("rest:12000", "rest:0");
        assertFalse(scaled.isBlank());
        assertEquals(Files.readString(folder.resolve("fixed.result")), scaled);
    }

    @Test
    void whereThereAreNoExecutorsToAskForItAdvisesAndSaysWhy() throws IOException, InterruptedException {
        ClusterApplication local = ClusterApplication.submit(
                folder, "local", "local[2]", plugin("local", "1"), "skewed:30:700:700", "stream:6000");
        assertEquals(0, local.await(), local::output);
        List<JsonNode> ticks = read("local");
        String refusal =
                "the master is local[2], which has no executors to ask for; expected standalone, local-cluster,"
                        + " YARN or Kubernetes";
        assertTrue(
                ticks.stream()
                        .allMatch(tick ->
                                tick.at("/metrics/labels/executors").asText().equals(refusal)),
                ticks::toString);
        first(ticks, 0, tick -> tick.at("/outcome/reason").asText().equals(refusal));

        int streaming = first(
                ticks,
                0,
                tick -> tick.at("/metrics/values/stream_processed_rows_per_second")
                                .asDouble()
                        > 0);
        assertTrue(ticks.get(streaming)
                        .at("/metrics/values/stream_trigger_delay_ms")
                        .asDouble()
                > 0);
    }

    private static String endOf(String phase) {
        return output.lines()
                .filter(line -> line.contains("ends: " + phase))
                .map(line -> line.split(" ")[0])
                .findFirst()
                .orElseThrow();
    }

    /** A minute and a half: -Dscaling.long. */
    @Test
    @EnabledIfSystemProperty(named = "scaling.long", matches = ".*")
    void aTaskThatRunsForAMinuteAloneKeepsOneExecutor() throws IOException, InterruptedException {
        ClusterApplication application =
                ClusterApplication.submit(folder, "long", CLUSTER, plugin("long", "5"), "skewed:100:1000:60000");
        assertEquals(0, application.await(), application::output);
        assertOneExecutorOnceOneTaskRuns(read("long"));
    }
}
