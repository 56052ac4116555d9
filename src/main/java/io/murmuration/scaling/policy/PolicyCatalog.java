package io.murmuration.scaling.policy;

import io.murmuration.scaling.PolicyFactory;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.policy.PolicyEntry.Kind;
import io.murmuration.scaling.policy.active.ActiveInferencePolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The policies that can be had by name, in the order in which tables show them. */
public final class PolicyCatalog implements PolicyFactory {
    private static final PolicyCatalog STANDARD = new PolicyCatalog(List.of(
            entry(
                    "static",
                    Kind.BOUND,
                    "instances",
                    "always so many, 1 to 1000; 20 do the 99th percentile of a trace's load",
                    "20",
                    (context, setting) -> new StaticPolicy(setting.integer("instances", 1, 1000))),
            entry(
                    "threshold",
                    Kind.BASELINE,
                    "upper",
                    "utilisation above which an instance is added, more than 0.3 to 1",
                    "0.8",
                    (context, setting) -> new ThresholdPolicy(context, setting.number("upper", 0.301, 1))),
            entry(
                    "hpa-cpu",
                    Kind.BASELINE,
                    "target",
                    "utilisation aimed at, 0.05 to 1",
                    "0.7",
                    (context, setting) -> HorizontalPodAutoscaler.onUtilisation(setting.number("target", 0.05, 1))),
            entry(
                    "hpa-load",
                    Kind.BASELINE,
                    "target",
                    "load over capacity aimed at, 0.05 to 1",
                    "0.7",
                    (context, setting) -> HorizontalPodAutoscaler.onLoad(setting.number("target", 0.05, 1))),
            entry(
                    "spark",
                    Kind.BASELINE,
                    "idle_seconds",
                    "how long an executor idles until it goes, 15 to 86400 s",
                    "60",
                    (context, setting) ->
                            new DynamicAllocationPolicy(context, setting.number("idle_seconds", 15, 86_400))),
            entry(
                    "flink",
                    Kind.BASELINE,
                    "target",
                    "utilisation aimed at, 0.31 to 1; it is left alone within 0.3 of it",
                    "0.7",
                    (context, setting) -> new TrueProcessingRatePolicy(context, setting.number("target", 0.31, 1))),
            entry(
                    "peak",
                    Kind.BASELINE,
                    "multiple-quantile",
                    "multiple of the load, 0.1 to 10, and quantile of the last hour's load, 0.01 to 1",
                    "1-0.8",
                    (context, setting) -> PeakPolicy.of(context, setting)),
            entry(
                    "predictive",
                    Kind.POLICY,
                    "quantile",
                    "of the demand to come that is covered, 0.5 to 0.999",
                    "0.98",
                    (context, setting) -> PredictivePolicy.of(context, setting.number("quantile", 0.5, 0.999))),
            entry(
                    "active-inference",
                    Kind.POLICY,
                    "weight",
                    "instances that an interval within the delay target is worth, 0.01 to 100000",
                    "100",
                    (context, setting) -> ActiveInferencePolicy.of(context, setting.number("weight", 0.01, 100_000))),
            entry(
                    "active-inference-no-learning",
                    Kind.ABLATION,
                    "weight",
                    "as that of active-inference, whose transitions here stay what they were at first",
                    "100",
                    (context, setting) ->
                            ActiveInferencePolicy.withoutLearning(context, setting.number("weight", 0.01, 100_000))),
            entry(
                    "active-inference-no-information-gain",
                    Kind.ABLATION,
                    "weight",
                    "as that of active-inference, which here does not value what it would learn of the state",
                    "100",
                    (context, setting) -> ActiveInferencePolicy.withoutInformationGain(
                            context, setting.number("weight", 0.01, 100_000))),
            entry(
                    "regret",
                    Kind.POLICY,
                    "price",
                    "of an interval in violation, in intervals of the instances that the load needs, 0.01 to 100000",
                    "40",
                    (context, setting) -> RegretPolicy.of(context, setting.number("price", 0.01, 100_000))),
            entry(
                    "auto-no-cadence",
                    Kind.ABLATION,
                    "price",
                    "as that of auto, which here does not look for when the load can change",
                    "40",
                    (context, setting) ->
                            ScenarioPolicy.withoutCadence(context, setting.number("price", 0.01, 100_000))),
            entry(
                    "auto",
                    Kind.POLICY,
                    "price",
                    "of an interval in violation, in intervals of the instances that the load needs, 0.01 to 100000",
                    "40",
                    (context, setting) -> ScenarioPolicy.of(context, setting.number("price", 0.01, 100_000)))));

    private final Map<String, PolicyEntry> entries = new LinkedHashMap<>();

    private PolicyCatalog(List<PolicyEntry> list) {
        for (PolicyEntry entry : list) {
            if (entries.putIfAbsent(entry.name(), entry) != null) {
                throw new IllegalArgumentException("two policies are called " + entry.name());
            }
        }
    }

    /** All policies that a running service can have. */
    public static PolicyCatalog standard() {
        return STANDARD;
    }

    /** Those, and the one that counts tasks, which only something like Spark can tell of. */
    public static PolicyCatalog ofTasks() {
        return STANDARD.after(entry(
                "demand",
                Kind.POLICY,
                "idle_seconds",
                "how long instances are kept while no task runs or waits, 0 to 86400 s",
                "30",
                (context, setting) -> DemandPolicy.of(
                        context, Duration.ofMillis(Math.round(1000 * setting.number("idle_seconds", 0, 86_400))))));
    }

    private static PolicyEntry entry(
            String name, Kind kind, String setting, String meaning, String otherwise, PolicyEntry.Factory factory) {
        return new PolicyEntry(name, kind, setting, meaning, Setting.parse(otherwise), factory);
    }

    /** These policies after others. */
    public PolicyCatalog after(PolicyEntry... first) {
        return new PolicyCatalog(
                Stream.concat(Stream.of(first), entries.values().stream()).toList());
    }

    public List<PolicyEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public ScalingPolicy create(String name, Optional<String> setting, ScalingContext context) {
        PolicyEntry entry = get(name);
        return entry.create(context, setting.map(Setting::parse).orElse(entry.defaultSetting()));
    }

    /** @throws InvalidSettingException if there is none of that name; the message names those that there are */
    public PolicyEntry get(String name) {
        PolicyEntry entry = entries.get(name);
        if (entry == null) {
            throw new InvalidSettingException(
                    "There is no policy \"" + name + "\", expected one of " + String.join(", ", entries.keySet()));
        }
        return entry;
    }
}
