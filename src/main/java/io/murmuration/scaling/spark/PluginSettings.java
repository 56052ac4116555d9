package io.murmuration.scaling.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.murmuration.scaling.InvalidSettingsException;
import io.murmuration.scaling.ScalingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

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
        int breakerLimit,
        Duration breakerPause,
        Optional<String> journal) {
    static final String PREFIX = "spark.murmuration.scaling.";

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

    /** The plugin's own settings, with their defaults. */
    enum Setting {
        INITIAL("executors.initial", ""),
        HEARTBEAT("executors.heartbeat", "5s"),
        DECOMMISSION("executors.decommission", "true"),
        VICTIMS("executors.victims", "idle"),
        BREAKER_LIMIT("executors.breakerFailures", "5"),
        BREAKER_PAUSE("executors.breakerPause", "60s"),
        JOURNAL("journal", ""),
        FILE("file", "");

        private final String key;
        private final String defaultText;

        Setting(String key, String defaultText) {
            this.key = key;
            this.defaultText = defaultText;
        }

        String key() {
            return key;
        }

        String defaultText() {
            return defaultText;
        }
    }

    /**
     * Reads the settings of an application.
     *
     * @throws IllegalArgumentException if one is unknown or makes no sense, with a sentence
     */
    static PluginSettings from(SparkConf conf) {
        Map<String, String> told = new TreeMap<>();
        Arrays.stream(conf.getAllWithPrefix(PREFIX)).forEach(entry -> told.put(entry._1(), entry._2()));
        Optional<Path> file = Optional.ofNullable(told.get(Setting.FILE.key())).map(Path::of);
        ObjectNode tree = file.map(PluginSettings::tree).orElseGet(YAML::createObjectNode);
        Map<String, String> own = new TreeMap<>();
        takeOwn(tree, own);
        Map<String, String> rest = new TreeMap<>();
        told.forEach((key, value) -> (isOwn(key) ? own : rest).put(key, value));
        refuseUnknown(own);
        return from(new Reader(own), scaling(tree, rest, file), conf);
    }

    private static final YAMLMapper YAML = new YAMLMapper();

    private static ObjectNode tree(Path file) {
        try {
            if (YAML.readTree(Files.readString(file)) instanceof ObjectNode tree) {
                return tree;
            }
        } catch (IOException e) {
            throw new InvalidSettingsException("The settings " + file + " cannot be read: " + e.getMessage(), e);
        }
        throw new InvalidSettingsException(file + " holds no settings, expected settings by key");
    }

    /** Moves the plugin's own settings out of a file's. */
    private static void takeOwn(ObjectNode tree, Map<String, String> own) {
        if (tree.remove("executors") instanceof ObjectNode executors) {
            executors
                    .properties()
                    .forEach(field -> own.put(
                            "executors." + field.getKey(), field.getValue().asText()));
        }
        Optional.ofNullable(tree.remove(Setting.JOURNAL.key()))
                .ifPresent(journal -> own.put(Setting.JOURNAL.key(), journal.asText()));
    }

    private static boolean isOwn(String key) {
        return key.startsWith("executors.") || key.equals(Setting.JOURNAL.key()) || key.equals(Setting.FILE.key());
    }

    private static void refuseUnknown(Map<String, String> own) {
        Map<String, Setting> known =
                Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::key, key -> key));
        own.keySet().stream().filter(key -> !known.containsKey(key)).findFirst().ifPresent(unknown -> {
            throw new InvalidSettingsException("there is no setting " + PREFIX + unknown + "; expected one of "
                    + Stream.of(Setting.values()).map(Setting::key).sorted().collect(Collectors.joining(", ")));
        });
    }

    private static ScalingSettings scaling(ObjectNode tree, Map<String, String> told, Optional<Path> file) {
        Map<String, String> values = new TreeMap<>(told);
        SCALING_DEFAULTS.forEach((key, value) -> {
            if (tree.at("/" + key.replace('.', '/')).isMissingNode()) {
                values.putIfAbsent(key, value);
            }
        });
        try {
            return ScalingSettings.of(YAML.writeValueAsString(tree), values);
        } catch (JsonProcessingException e) {
            throw new InvalidSettingsException("The settings cannot be written as YAML: " + e.getMessage(), e);
        } catch (InvalidSettingsException e) {
            throw new InvalidSettingsException(
                    PREFIX + "*" + file.map(path -> ", " + path).orElse("") + ": " + e.getMessage(), e);
        }
    }

    private static PluginSettings from(Reader reader, ScalingSettings scaling, SparkConf conf) {
        int initial = reader.isTold(Setting.INITIAL)
                ? reader.count(Setting.INITIAL, 0)
                : conf.getInt("spark.executor.instances", scaling.context().minInstances());
        return new PluginSettings(
                scaling,
                scaling.context().clip(initial),
                reader.duration(Setting.HEARTBEAT),
                reader.yesOrNo(Setting.DECOMMISSION),
                reader.choice(Setting.VICTIMS, VictimChoice.class),
                reader.count(Setting.BREAKER_LIMIT, 1),
                reader.duration(Setting.BREAKER_PAUSE),
                Optional.of(reader.text(Setting.JOURNAL)).filter(text -> !text.isEmpty()));
    }

    /** Reads values, and says what is wrong with which. */
    private record Reader(Map<String, String> texts) {
        boolean isTold(Setting key) {
            return texts.containsKey(key.key());
        }

        String text(Setting key) {
            return texts.getOrDefault(key.key(), key.defaultText()).strip();
        }

        int count(Setting key, int least) {
            int count = parse(key, Integer::parseInt, "a whole number from " + least);
            if (count < least) {
                throw wrong(key, "a whole number from " + least);
            }
            return count;
        }

        Duration duration(Setting key) {
            Duration duration = Duration.ofMillis(
                    parse(key, JavaUtils::timeStringAsMs, "a duration above 0, as 500ms, 15s or 2min"));
            if (duration.isZero() || duration.isNegative()) {
                throw wrong(key, "a duration above 0, as 500ms, 15s or 2min");
            }
            return duration;
        }

        boolean yesOrNo(Setting key) {
            return switch (text(key)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(key, "true or false");
            };
        }

        <E extends Enum<E>> E choice(Setting key, Class<E> type) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(value -> value.name().equalsIgnoreCase(text(key)))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            key,
                            Arrays.stream(type.getEnumConstants())
                                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(" or "))));
        }

        private <T> T parse(Setting key, Function<String, T> parser, String expected) {
            try {
                return parser.apply(text(key));
            } catch (IllegalArgumentException notSo) {
                throw wrong(key, expected);
            }
        }

        private InvalidSettingsException wrong(Setting key, String expected) {
            return new InvalidSettingsException(PREFIX + key.key() + " is \"" + text(key) + "\", expected " + expected);
        }
    }
}
