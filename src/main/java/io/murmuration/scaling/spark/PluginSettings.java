package io.murmuration.scaling.spark;

import io.murmuration.scaling.ScalingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * What the plugin is told by {@code spark.murmuration.scaling.*}, or by a file of the same keys without that prefix; Spark's
 * settings win over the file's.
 *
 * @param mode whether it acts
 * @param context interval, bounds and how long work may wait
 * @param initial executors to begin with
 * @param idle how long executors are kept while there are no tasks at all
 * @param heartbeat from one heartbeat of an executor to the next
 * @param decommission whether to turn decommissioning on where the application says nothing about it
 * @param victims which executors may be asked to leave
 * @param breakerLimit failed launches within two minutes after which none are tried
 * @param breakerPause for how long none are tried then
 * @param journal where decisions are written; empty: beside the event log, if there is one
 */
record PluginSettings(
        Mode mode,
        ScalingContext context,
        int initial,
        Duration idle,
        Duration heartbeat,
        boolean decommission,
        VictimChoice victims,
        int breakerLimit,
        Duration breakerPause,
        Optional<String> journal) {
    static final String PREFIX = "spark.murmuration.scaling.";

    /** Whether decisions are carried out. */
    enum Mode {
        /** They are. */
        ACTIVE,
        /** They are made and written down only. */
        ADVISORY
    }

    /** Which executors may be asked to leave. */
    enum VictimChoice {
        /** Those that run no task. */
        IDLE,
        /** Also those that run tasks, which they finish first. */
        BUSY
    }

    /** The settings there are, with their defaults. */
    enum Setting {
        MODE("mode", "active"),
        INTERVAL("interval", "1s"),
        MIN("minExecutors", "1"),
        MAX("maxExecutors", "100"),
        INITIAL("initialExecutors", ""),
        DELAY_TARGET("delayTarget", "15s"),
        IDLE("idleTimeout", "30s"),
        HEARTBEAT("heartbeat", "5s"),
        DECOMMISSION("decommission", "true"),
        VICTIMS("victims", "idle"),
        BREAKER_LIMIT("breakerFailures", "5"),
        BREAKER_PAUSE("breakerPause", "60s"),
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
        Map<String, String> texts = new HashMap<>();
        Arrays.stream(conf.getAllWithPrefix(PREFIX)).forEach(entry -> texts.put(entry._1(), entry._2()));
        if (texts.containsKey(Setting.FILE.key())) {
            FlatYaml.read(Path.of(texts.get(Setting.FILE.key()))).forEach(texts::putIfAbsent);
        }
        return from(texts, conf);
    }

    private static PluginSettings from(Map<String, String> texts, SparkConf conf) {
        Map<String, Setting> known =
                Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::key, key -> key));
        texts.keySet().stream()
                .filter(key -> !known.containsKey(key))
                .sorted()
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("there is no setting " + PREFIX + unknown + "; expected one of "
                            + known.keySet().stream().sorted().collect(Collectors.joining(", ")));
                });
        Reader reader = new Reader(texts);
        int min = reader.count(Setting.MIN, 0);
        int max = reader.count(Setting.MAX, 1);
        if (min > max) {
            throw new IllegalArgumentException("the bounds cross: " + PREFIX + Setting.MIN.key() + " is " + min
                    + " and " + PREFIX + Setting.MAX.key() + " is " + max);
        }
        ScalingContext context =
                new ScalingContext(reader.duration(Setting.INTERVAL), min, max, reader.duration(Setting.DELAY_TARGET));
        int initial = texts.containsKey(Setting.INITIAL.key())
                ? reader.count(Setting.INITIAL, 0)
                : conf.getInt("spark.executor.instances", min);
        return new PluginSettings(
                reader.choice(Setting.MODE, Mode.class),
                context,
                context.clip(initial),
                reader.duration(Setting.IDLE),
                reader.duration(Setting.HEARTBEAT),
                reader.yesOrNo(Setting.DECOMMISSION),
                reader.choice(Setting.VICTIMS, VictimChoice.class),
                reader.count(Setting.BREAKER_LIMIT, 1),
                reader.duration(Setting.BREAKER_PAUSE),
                Optional.of(reader.text(Setting.JOURNAL)).filter(text -> !text.isEmpty()));
    }

    /** Reads values, and says what is wrong with which. */
    private record Reader(Map<String, String> texts) {
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

        private IllegalArgumentException wrong(Setting key, String expected) {
            return new IllegalArgumentException(PREFIX + key.key() + " is \"" + text(key) + "\", expected " + expected);
        }
    }
}
