package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.SeriesForecast;
import io.murmuration.scaling.policy.PolicyCatalog;
import io.murmuration.scaling.spark.PluginSettings.Setting;
import io.murmuration.scaling.spark.PluginSettings.VictimChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The settings of the plugin")
class PluginSettingsTest {
    @TempDir
    Path folder;

    private static PluginSettings from(String... settings) {
        SparkConf conf = new SparkConf(false);
        for (int i = 0; i < settings.length; i += 2) {
            conf.set(
                    settings[i].startsWith("spark.") ? settings[i] : PluginSettings.PREFIX + settings[i],
                    settings[i + 1]);
        }
        return PluginSettings.from(conf);
    }

    private static void assertRefused(String sentence, String... settings) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> from(settings))
                        .getMessage());
    }

    @Test
    void haveDefaults() {
        PluginSettings settings = from();
        assertEquals(Duration.ofSeconds(1), settings.scaling().context().interval());
        assertEquals(1, settings.scaling().context().minInstances());
        assertEquals(100, settings.scaling().context().maxInstances());
        assertEquals(1, settings.initial());
        assertEquals(VictimChoice.IDLE, settings.victims());
        assertEquals(Optional.empty(), settings.journal());
    }

    @Test
    void areReadFromSparksSettings() {
        PluginSettings settings = from(
                "advisory",
                "true",
                "interval",
                "500 ms",
                "instances.min",
                "2",
                "instances.max",
                "8",
                "journal",
                "/tmp/j",
                "executors.victims",
                "busy");
        assertTrue(settings.scaling().behaviour().advisory());
        assertEquals(Duration.ofMillis(500), settings.scaling().context().interval());
        assertEquals(2, settings.initial());
        assertEquals(VictimChoice.BUSY, settings.victims());
        assertEquals(Optional.of("/tmp/j"), settings.journal());
    }

    @Test
    void nameThePolicies() {
        assertEquals(
                List.of("peak", "demand"),
                from("policies", "peak@1.3-0.8,demand@60")
                        .scaling()
                        .autoScaler(PolicyCatalog.ofTasks(), SeriesForecast.NONE, InstantSource.system())
                        .getScalingStatus()
                        .policies());
    }

    @Test
    void beginWithAsManyExecutorsAsTheApplicationAskedForWithinTheBounds() {
        assertEquals(4, from("spark.executor.instances", "4").initial());
        assertEquals(
                3, from("spark.executor.instances", "4", "instances.max", "3").initial());
        assertEquals(
                2,
                from("spark.executor.instances", "4", "executors.initial", "2").initial());
    }

    @Test
    void mayStandInAFileOverWhichSparksWin() throws IOException {
        Path file = folder.resolve("scaling.yaml");
        Files.writeString(
                file,
                """
                instances: {min: 2, max: 9}
                delayTarget: 2 min
                executors: {victims: busy, heartbeat: 2s}
                journal: /tmp/from-file
                """);
        PluginSettings settings = from("file", file.toString(), "instances.max", "5", "executors.heartbeat", "9s");
        assertEquals(2, settings.scaling().context().minInstances());
        assertEquals(5, settings.scaling().context().maxInstances());
        assertEquals(Duration.ofMinutes(2), settings.scaling().context().delayTarget());
        assertEquals(VictimChoice.BUSY, settings.victims());
        assertEquals(Duration.ofSeconds(9), settings.heartbeat());
        assertEquals(Optional.of("/tmp/from-file"), settings.journal());

        Files.writeString(file, "bounds: {min: 1}\n");
        String unknown = assertThrows(IllegalArgumentException.class, () -> from("file", file.toString()))
                .getMessage();
        assertTrue(unknown.startsWith("spark.murmuration.scaling.*, " + file + ": "), unknown);
        assertTrue(unknown.contains("bounds"), unknown);
    }

    @Test
    void thatMakeNoSenseAreRefusedInASentence() {
        assertRefused(
                "spark.murmuration.scaling.executors.heartbeat is \"0s\", expected a duration above 0, as 500ms, 15s or"
                        + " 2min",
                "executors.heartbeat",
                "0s");
        assertRefused(
                "spark.murmuration.scaling.executors.initial is \"many\", expected a whole number from 0",
                "executors.initial",
                "many");
        String crossing = assertThrows(
                        IllegalArgumentException.class, () -> from("instances.min", "3", "instances.max", "2"))
                .getMessage();
        assertTrue(crossing.contains("3") && crossing.contains("2"), crossing);
        String unknown = assertThrows(IllegalArgumentException.class, () -> from("executors.initially", "3"))
                .getMessage();
        assertTrue(
                unknown.startsWith(
                        "there is no setting spark.murmuration.scaling.executors.initially; expected one of "),
                unknown);
    }

    /** The page names each with its default. */
    @Test
    void areAllDocumented() throws IOException {
        String page = Files.readString(Path.of("docs/scaling-spark.md"));
        for (Setting key : Setting.values()) {
            String row = "| `" + key.key() + "` | "
                    + (key.defaultText().isEmpty() ? "–" : "`" + key.defaultText() + "`") + " |";
            assertTrue(page.contains(row), row);
        }
    }
}
