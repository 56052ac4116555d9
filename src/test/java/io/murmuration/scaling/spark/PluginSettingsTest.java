package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.spark.PluginSettings.Mode;
import io.murmuration.scaling.spark.PluginSettings.Setting;
import io.murmuration.scaling.spark.PluginSettings.VictimChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        assertEquals(Mode.ACTIVE, settings.mode());
        assertEquals(Duration.ofSeconds(1), settings.context().interval());
        assertEquals(1, settings.context().minInstances());
        assertEquals(100, settings.context().maxInstances());
        assertEquals(1, settings.initial());
        assertEquals(VictimChoice.IDLE, settings.victims());
        assertEquals(Optional.empty(), settings.journal());
    }

    @Test
    void areReadFromSparksSettings() {
        PluginSettings settings = from(
                "mode",
                "advisory",
                "interval",
                "500ms",
                "minExecutors",
                "2",
                "maxExecutors",
                "8",
                "journal",
                "/tmp/j",
                "victims",
                "busy");
        assertEquals(Mode.ADVISORY, settings.mode());
        assertEquals(Duration.ofMillis(500), settings.context().interval());
        assertEquals(2, settings.initial());
        assertEquals(VictimChoice.BUSY, settings.victims());
        assertEquals(Optional.of("/tmp/j"), settings.journal());
    }

    @Test
    void beginWithAsManyExecutorsAsTheApplicationAskedForWithinTheBounds() {
        assertEquals(4, from("spark.executor.instances", "4").initial());
        assertEquals(
                3, from("spark.executor.instances", "4", "maxExecutors", "3").initial());
        assertEquals(
                2,
                from("spark.executor.instances", "4", "initialExecutors", "2").initial());
    }

    @Test
    void mayStandInAFileOverWhichSparksWin() throws IOException {
        Path file = folder.resolve("scaling.yaml");
        Files.writeString(file, "minExecutors: 2\nmaxExecutors: 9\nidleTimeout: 2min\n");
        PluginSettings settings = from("file", file.toString(), "maxExecutors", "5");
        assertEquals(2, settings.context().minInstances());
        assertEquals(5, settings.context().maxInstances());
        assertEquals(Duration.ofMinutes(2), settings.idle());

        Files.writeString(file, "bounds: {min: 1}\n");
        assertRefused(
                "\"bounds\" in " + file + " is no single value, expected \"key: value\"", "file", file.toString());
    }

    @Test
    void thatMakeNoSenseAreRefusedInASentence() {
        assertRefused(
                "spark.murmuration.scaling.interval is \"0s\", expected a duration above 0, as 500ms, 15s or 2min",
                "interval",
                "0s");
        assertRefused(
                "spark.murmuration.scaling.maxExecutors is \"many\", expected a whole number from 1",
                "maxExecutors",
                "many");
        assertRefused(
                "the bounds cross: spark.murmuration.scaling.minExecutors is 3 and spark.murmuration.scaling.maxExecutors"
                        + " is 2",
                "minExecutors",
                "3",
                "maxExecutors",
                "2");
        assertRefused("spark.murmuration.scaling.mode is \"on\", expected active or advisory", "mode", "on");
        String unknown = assertThrows(IllegalArgumentException.class, () -> from("maxExecutor", "3"))
                .getMessage();
        assertTrue(
                unknown.startsWith("there is no setting spark.murmuration.scaling.maxExecutor; expected one of "),
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
