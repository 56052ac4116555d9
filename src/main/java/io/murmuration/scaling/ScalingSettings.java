package io.murmuration.scaling;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All settings of an autoscaler, as {@code conf/scaling.yaml} documents them, from a file or from keys and values. What is
 * not set has its default. Mistakes are told in a sentence that begins with the setting's path, as
 * {@code policies[1].thresholds.cpu_percent.up}.
 */
public final class ScalingSettings {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ObjectNode tree;
    private final ScalingContext context;
    private final ScalingBehaviour behaviour;
    private final List<PolicySettings> policies;

    private ScalingSettings(ObjectNode tree) {
        this.tree = tree;
        SettingsSection settings = new SettingsSection("", tree);
        context = context(settings);
        policies = policies(settings);
        behaviour = settings.make(() -> behaviour(settings));
        settings.make(() -> new AutoScaler(context, behaviour, InstantSource.system()));
    }

    /**
     * Reads a file in YAML, or in JSON, which is YAML too.
     *
     * @throws InvalidSettingsException with a sentence
     */
    public static ScalingSettings read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (InvalidSettingsException e) {
            throw new InvalidSettingsException(file.getFileName() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidSettingsException("The settings " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads settings from text in YAML.
     *
     * @throws InvalidSettingsException with a sentence
     */
    public static ScalingSettings parse(String yaml) {
        return new ScalingSettings(root(yaml));
    }

    /**
     * Reads settings from keys with dots, as {@code instances.min}, each value as it would stand in YAML. A list of
     * policies may be written with commas.
     *
     * @throws InvalidSettingsException with a sentence
     */
    public static ScalingSettings of(Map<String, String> values) {
        return of("", values);
    }

    /**
     * Reads settings from text in YAML, and from keys with dots, which win over the text.
     *
     * @throws InvalidSettingsException with a sentence
     */
    public static ScalingSettings of(String yaml, Map<String, String> values) {
        return new ScalingSettings(with(root(yaml), values));
    }

    /**
     * Reads settings as {@link #root} gave them.
     *
     * @throws InvalidSettingsException with a sentence
     */
    public static ScalingSettings of(JsonNode settings) {
        return new ScalingSettings(object(settings));
    }

    /**
     * Settings in YAML by their keys, unread. A key may have dots, as {@code instances.min}, for one within another.
     *
     * @throws InvalidSettingsException with a sentence
     */
    public static ObjectNode root(String yaml) {
        JsonNode tree = tree(yaml);
        ObjectNode root = tree.isMissingNode() || tree.isNull() ? YAML.createObjectNode() : object(tree);
        List<String> keys = new ArrayList<>();
        root.fieldNames().forEachRemaining(keys::add);
        keys.stream().filter(key -> key.contains(".")).forEach(key -> {
            JsonNode value = root.remove(key);
            if (!root.at("/" + key.replace('.', '/')).isMissingNode()) {
                throw new InvalidSettingsException(key + " is set twice, expected it once");
            }
            set(root, key, value);
        });
        return root;
    }

    /**
     * Unread settings, with others over them.
     *
     * @param values by keys with dots, each as it would stand in YAML
     * @throws InvalidSettingsException with a sentence
     */
    public static ObjectNode with(ObjectNode settings, Map<String, String> values) {
        ObjectNode root = settings.deepCopy();
        new TreeMap<>(values).forEach((key, value) -> set(root, key, tree(value)));
        return root;
    }

    private static void set(ObjectNode root, String key, JsonNode value) {
        String[] path = key.split("\\.", -1);
        ObjectNode parent = root;
        for (String name : Arrays.asList(path).subList(0, path.length - 1)) {
            JsonNode child = parent.path(name);
            if (!child.isObject() && !child.isNull() && !child.isMissingNode()) {
                throw new InvalidSettingsException(
                        key + " is set, and " + name + " to " + child + ", expected one of the two");
            }
            parent = child.isObject() ? (ObjectNode) child : parent.putObject(name);
        }
        parent.set(path[path.length - 1], value);
    }

    private static ObjectNode object(JsonNode root) {
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw new InvalidSettingsException("The settings are " + root + ", expected settings by key");
    }

    private static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new InvalidSettingsException(
                    "The settings are no YAML: " + e.getOriginalMessage().replaceAll("\\s+", " "), e);
        }
    }

    private static ScalingContext context(SettingsSection settings) {
        SettingsSection instances = settings.section("instances");
        return instances.make(() -> new ScalingContext(
                settings.duration("interval", Duration.ofSeconds(15)),
                instances.integer("min", 1),
                instances.integer("max", 10),
                settings.duration("delayTarget", Duration.ofSeconds(30))));
    }

    private static List<PolicySettings> policies(SettingsSection settings) {
        List<PolicySettings> read = settings.list("policies", PolicySettings::read);
        return read.isEmpty() ? List.of(PolicySettings.read("policies", new TextNode("auto"))) : read;
    }

    private static ScalingBehaviour behaviour(SettingsSection settings) {
        ScalingBehaviour standard = ScalingBehaviour.DEFAULT;
        ScalingBehaviour.Builder read = standard.toBuilder();
        SettingsSection stabilisation = settings.section("stabilisation");
        stabilisation.make(() -> read.stabilisation(
                stabilisation.duration("up", standard.stabiliseUp()),
                stabilisation.duration("down", standard.stabiliseDown())));
        if (settings.has("budget")) {
            read.budget(budget(settings.section("budget")));
        }
        return read.combination(
                        settings.parsed("combination", standard.combination(), "vote or max", Combination::named))
                .step(settings.parsed("step", standard.step(), Step.TEXTS, Step::parse))
                .tolerance(settings.share("tolerance", standard.tolerance()))
                .stepLimits(settings.list("stepLimits", (path, node) -> limit(new SettingsSection(path, node))))
                .schedules(settings.list("schedules", (path, node) -> schedule(new SettingsSection(path, node))))
                .usefulParallelism(settings.flag("usefulParallelism", standard.usefulParallelism()))
                .patience(settings.number("patience").orElse(standard.patience()))
                .effectiveShare(settings.share("effectiveShare", standard.effectiveShare()))
                .assumedProvisioning(settings.duration("assumedProvisioning", standard.assumedProvisioning()))
                .staleIntervals(settings.integer("staleIntervals", standard.staleIntervals()))
                .gapIntervals(settings.integer("gapIntervals", standard.gapIntervals()))
                .advisory(settings.flag("advisory", standard.advisory()))
                .historySize(settings.integer("historySize", standard.historySize()))
                .build();
    }

    private static Budget budget(SettingsSection section) {
        return section.make(() -> new Budget(
                section.required("instanceHour"), section.number("perHour"), section.number("perDay"), zone(section)));
    }

    private static ZoneId zone(SettingsSection section) {
        return section.parsed("zone", ZoneOffset.UTC, "a time zone such as UTC or Europe/Berlin", ZoneId::of);
    }

    private static StepLimit limit(SettingsSection section) {
        return section.make(() -> new StepLimit(
                section.required("direction", "up or down", text -> StepLimit.Direction.valueOf(upper(text))),
                section.integer("instances", 0),
                section.share("share", 0),
                section.required("period", "a duration such as 15 s", DurationText::parse)));
    }

    private static Schedule schedule(SettingsSection section) {
        return section.make(() -> new Schedule(
                section.required("name", "a name", text -> text),
                days(section),
                section.required("from", "a time such as \"08:00\"", LocalTime::parse),
                section.required("to", "a time such as \"18:00\"", LocalTime::parse),
                zone(section),
                section.integer("min", 0)));
    }

    private static Set<DayOfWeek> days(SettingsSection section) {
        List<DayOfWeek> days = new ArrayList<>(section.list("days", (path, node) -> {
            try {
                return DayOfWeek.valueOf(upper(node.asText()));
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingsException(path + " is " + node + ", expected a day such as monday", e);
            }
        }));
        return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /**
     * These settings with other policies.
     *
     * @param names each {@code NAME} or {@code NAME@SETTING}, at least one
     */
    public ScalingSettings withPolicies(List<String> names) {
        ObjectNode changed = tree.deepCopy();
        names.forEach(changed.putArray("policies")::add);
        return new ScalingSettings(changed);
    }

    public ScalingContext context() {
        return context;
    }

    public ScalingBehaviour behaviour() {
        return behaviour;
    }

    /** The settings as they were given, without defaults. */
    JsonNode toJson() {
        return tree;
    }

    /**
     * An autoscaler with these settings that has seen nothing yet.
     *
     * @param catalogue makes the policies that are named
     * @param forecaster what rules with a forecast ask
     * @throws InvalidSettingsException if the catalogue does not have a policy, or bounds cross
     */
    public AutoScaler autoScaler(PolicyFactory catalogue, SeriesForecast forecaster, InstantSource clock) {
        AutoScaler scaler = new AutoScaler(context, behaviour, clock);
        try {
            for (PolicySettings settings : policies) {
                ScalingPolicy policy = settings.create(context, catalogue, forecaster, clock);
                if (scaler.getScalingStatus().policies().contains(policy.name())) {
                    throw new InvalidSettingsException(
                            "policies: two are called " + policy.name() + ", expected different names");
                }
                scaler.addScalingRule(policy);
            }
        } catch (InvalidSettingsException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("policies: " + e.getMessage(), e);
        }
        return scaler;
    }
}
