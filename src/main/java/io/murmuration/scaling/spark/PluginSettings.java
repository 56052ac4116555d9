package io.murmuration.scaling.spark;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.scaling.InvalidSettingsException;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingSettings;
import io.murmuration.scaling.SettingsSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkConf;

/**
 * What the plugin is told by {@code spark.murmuration.scaling.*}, or by a file of the same keys without that prefix; Spark's
 * settings win over the file's. What is under {@code executors}, and where the journal is, is the plugin's own; all else
 * makes the autoscaler.
 *
 * @param scaling the autoscaler's settings
 * @param initial executors to begin with
 * @param heartbeat from one heartbeat of an executor to the next
 * @param decommission whether to turn decommissioning on where the application says nothing about it
 * @param victims which executors may be asked to leave
 * @param shuffleTimeout how long shuffle files that nobody uses any more keep their executor
 * @param breakerLimit failed launches within two minutes after which none are tried
 * @param breakerPause for how long none are tried then
 * @param journal where decisions are written; empty: beside the event log, if there is one
 */
record PluginSettings(
        ScalingSettings scaling,
        int initial,
        Duration heartbeat,
        boolean decommission,
        VictimChoice victims,
        Duration shuffleTimeout,
        int breakerLimit,
        Duration breakerPause,
        Optional<String> journal) {
    static final String PREFIX = "spark.murmuration.scaling.";

    private static final String FILE = "file";
    private static final String EXECUTORS = "executors";
    private static final String JOURNAL = "journal";

    /** The autoscaler's defaults that are others for executors: tasks come and go within seconds. */
    static final Map<String, String> SCALING_DEFAULTS = new TreeMap<>(Map.of(
            "interval", "1 s",
            "instances.max", "100",
            "delayTarget", "15 s",
            "policies", "demand",
            "usefulParallelism", "false",
            "assumedProvisioning", "5 s"));

    /** Which executors may be asked to leave. */
    enum VictimChoice {
        /** Those that run no task. */
        IDLE,
        /** Also those that run tasks, which they finish first. */
        BUSY
    }

    /**
     * Reads the settings of an application.
     *
     * @throws IllegalArgumentException if one is unknown or makes no sense, with a sentence
     */
    static PluginSettings from(SparkConf conf) {
        Map<String, String> told = new TreeMap<>();
        Arrays.stream(conf.getAllWithPrefix(PREFIX)).forEach(entry -> told.put(entry._1(), entry._2()));
        Optional<Path> file = Optional.ofNullable(told.remove(FILE)).map(Path::of);
        try {
            String text = file.map(PluginSettings::text).orElse("");
            return from(ScalingSettings.with(ScalingSettings.root(text), told), conf);
        } catch (InvalidSettingsException e) {
            throw new InvalidSettingsException(
                    PREFIX + "*" + file.map(path -> ", " + path).orElse("") + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidSettingsException("the file cannot be read: " + e, e);
        }
    }

    private static PluginSettings from(ObjectNode tree, SparkConf conf) {
        SettingsSection all = new SettingsSection("", tree);
        SettingsSection executors = all.section(EXECUTORS);
        Optional<String> journal = all.parsed(JOURNAL, Optional.empty(), "a file", Optional::of);
        tree.remove(List.of(EXECUTORS, JOURNAL));
        ScalingSettings scaling = scaling(tree);
        ScalingContext context = scaling.context();
        return executors.make(() -> new PluginSettings(
                scaling,
                context.clip(atLeast(
                        0,
                        "initial",
                        executors.integer("initial", conf.getInt("spark.executor.instances", context.minInstances())))),
                some("heartbeat", executors.duration("heartbeat", Duration.ofSeconds(5))),
                executors.flag("decommission", true),
                executors.parsed(
                        "victims",
                        VictimChoice.IDLE,
                        "idle or busy",
                        text -> VictimChoice.valueOf(text.toUpperCase(Locale.ROOT))),
                executors.duration("shuffleTimeout", Duration.ofMinutes(5)),
                atLeast(1, "breakerFailures", executors.integer("breakerFailures", 5)),
                some("breakerPause", executors.duration("breakerPause", Duration.ofMinutes(1))),
                journal));
    }

    private static ScalingSettings scaling(ObjectNode tree) {
        Map<String, String> leftOut = new TreeMap<>(SCALING_DEFAULTS);
        leftOut.keySet().removeIf(key -> !isLeftOut(tree, JsonPointer.compile("/" + key.replace('.', '/'))));
        return ScalingSettings.of(ScalingSettings.with(tree, leftOut));
    }

    /** Where something else stands in the place of the group that it belongs to, that is told when the group is read. */
    private static boolean isLeftOut(ObjectNode tree, JsonPointer key) {
        return isNothing(tree.at(key))
                && (isNothing(tree.at(key.head())) || tree.at(key.head()).isObject());
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static int atLeast(int least, String key, int count) {
        if (count < least) {
            throw new IllegalArgumentException(key + " is " + count + ", expected a whole number from " + least);
        }
        return count;
    }

    private static Duration some(String key, Duration duration) {
        if (duration.isZero()) {
            throw new IllegalArgumentException(key + " is 0 s, expected a duration above 0");
        }
        return duration;
    }
}
