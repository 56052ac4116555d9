package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.SeriesForecast;
import io.murmuration.scaling.policy.PolicyCatalog;
import io.murmuration.scaling.spark.PluginSettings.VictimChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
                "spark.murmuration.scaling.*: executors: heartbeat is 0 s, expected a duration above 0",
                "executors.heartbeat",
                "0s");
        assertRefused(
                "spark.murmuration.scaling.*: executors.heartbeat is 5, expected a duration such as 500 ms, 15 s, 5 min"
                        + " or 1 h",
                "executors.heartbeat",
                "5");
        assertRefused(
                "spark.murmuration.scaling.*: executors.initial is \"many\", expected a whole number",
                "executors.initial",
                "many");
        assertRefused(
                "spark.murmuration.scaling.*: executors: initial is -1, expected a whole number from 0",
                "executors.initial",
                "-1");
        assertRefused(
                "spark.murmuration.scaling.*: executors.victims is \"none\", expected idle or busy",
                "executors.victims",
                "none");
        assertRefused(
                "spark.murmuration.scaling.*: executors.initially is no setting; did you mean \"initial\"?",
                "executors.initially",
                "3");
        String crossing = assertThrows(
                        IllegalArgumentException.class, () -> from("instances.min", "3", "instances.max", "2"))
                .getMessage();
        assertTrue(crossing.contains("3") && crossing.contains("2"), crossing);
    }

    private PluginSettings fromFile(String text, String... settings) throws IOException {
        Path file = folder.resolve("scaling.yaml");
        Files.writeString(file, text);
        List<String> all = new ArrayList<>(List.of("file", file.toString()));
        all.addAll(List.of(settings));
        return from(all.toArray(String[]::new));
    }

    private void assertFileRefused(String sentence, String text) {
        assertEquals(
                "spark.murmuration.scaling.*, " + folder.resolve("scaling.yaml") + ": " + sentence,
                assertThrows(IllegalArgumentException.class, () -> fromFile(text))
                        .getMessage());
    }

    @Test
    void ofAFileMayHaveDotsInTheirKeysAndUnitsAfterASpace() throws IOException {
        PluginSettings settings = fromFile(
                """
                executors.initial: 3
                executors: {heartbeat: 7 s}
                instances.max: 6
                """);
        assertEquals(3, settings.initial());
        assertEquals(Duration.ofSeconds(7), settings.heartbeat());
        assertEquals(6, settings.scaling().context().maxInstances());
    }

    @Test
    void ofAFileWithNothingInItAreTheDefaults() throws IOException {
        for (String text : new String[] {"", "# no settings\n", "policies:\njournal:\nexecutors:\ninstances: null\n"}) {
            PluginSettings settings = fromFile(text);
            assertEquals(100, settings.scaling().context().maxInstances());
            assertEquals(Optional.empty(), settings.journal());
            assertEquals(
                    List.of("demand"),
                    settings.scaling()
                            .autoScaler(PolicyCatalog.ofTasks(), SeriesForecast.NONE, InstantSource.system())
                            .getScalingStatus()
                            .policies());
        }
    }

    @Test
    void ofAFileThatAreNullAreNoneWhereSparksSetPartOfThem() throws IOException {
        assertEquals(
                OptionalDouble.of(4),
                fromFile("budget: null\n", "budget.instanceHour", "0.5", "budget.perHour", "4")
                        .scaling()
                        .behaviour()
                        .budget()
                        .orElseThrow()
                        .perHour());
    }

    @Test
    void ofAFileThatMakeNoSenseAreRefusedInASentence() {
        assertFileRefused("executors is 5, expected settings by key", "executors: 5\n");
        assertFileRefused("instances is 5, expected settings by key", "instances: 5\n");
        assertFileRefused(
                "executors.initial is set twice, expected it once", "executors: {initial: 2}\nexecutors.initial: 3\n");
        String twice = assertThrows(IllegalArgumentException.class, () -> fromFile("advisory: true\nadvisory: false\n"))
                .getMessage();
        assertTrue(twice.contains("Duplicate field 'advisory'"), twice);
    }

    /** The page names each with its default, and no others. */
    @Test
    void areAllDocumented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Pattern.compile("^\\| `([\\w.]+)` \\| (?:–|`(.+?)`) \\| ", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("docs/scaling-spark.md")))
                .results()
                .forEach(row -> rows.put(row.group(1), row.group(2)));
        List<String> defaults = new ArrayList<>();
        rows.forEach((key, value) -> {
            if (value != null) {
                defaults.addAll(List.of(key, value));
            }
        });
        PluginSettings none = from();
        PluginSettings told = from(defaults.toArray(String[]::new));
        assertEquals(
                told,
                new PluginSettings(
                        told.scaling(),
                        none.initial(),
                        none.heartbeat(),
                        none.decommission(),
                        none.victims(),
                        none.shuffleTimeout(),
                        none.breakerLimit(),
                        none.breakerPause(),
                        none.journal()));
        // The autoscaler's own settings are in the file.
        assertEquals(PluginSettings.class.getRecordComponents().length, rows.size(), rows::toString);
    }
}
