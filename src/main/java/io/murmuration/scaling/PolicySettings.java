package io.murmuration.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How one policy of the settings is made. An entry of the list {@code policies} is one of a catalogue ({@code NAME} or
 * {@code NAME@SETTING}), a rule of thresholds ({@code rule: NAME}), or a performance target ({@code latency},
 * {@code backlog} or {@code deadline}).
 */
@FunctionalInterface
interface PolicySettings {
    ScalingPolicy create(
            ScalingContext context, PolicyFactory catalogue, SeriesForecast forecaster, InstantSource clock);

    /** Reads an entry, so that all mistakes show but those that a catalogue finds. */
    static PolicySettings read(String path, JsonNode entry) {
        if (entry.isTextual()) {
            return named(path, entry.textValue().strip());
        }
        SettingsSection section = new SettingsSection(path, entry);
        if (section.has("rule")) {
            return rule(section);
        }
        return section.make(() -> {
            PerformanceTarget target = target(section);
            return (context, catalogue, forecaster, clock) -> new TargetPolicy(target, context);
        });
    }

    private static PolicySettings named(String path, String text) {
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        Optional<String> setting = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
        return (context, catalogue, forecaster, clock) -> {
            try {
                return catalogue.create(name, setting, context);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingsException(path + ": " + e.getMessage(), e);
            }
        };
    }

    private static PerformanceTarget target(SettingsSection section) {
        if (section.has("latency")) {
            return new LatencyTarget(section.duration("latency", Duration.ZERO));
        }
        if (section.has("backlog")) {
            return new BacklogTarget(section.duration("backlog", Duration.ZERO));
        }
        if (section.has("deadline")) {
            return new DeadlineTarget(
                    section.required("deadline", "a moment such as 2026-01-31T18:00:00Z", Instant::parse));
        }
        throw new IllegalArgumentException(
                "no policy, expected a name or one of the keys rule, latency, backlog, deadline");
    }

    private static PolicySettings rule(SettingsSection section) {
        boolean forecasts = section.has("forecast");
        Supplier<ScalingRule.Builder> rule = () -> section.make(() -> builder(section));
        section.make(() -> rule.get().build());
        if (!forecasts) {
            return (context, catalogue, forecaster, clock) ->
                    rule.get().clock(clock).build();
        }
        SettingsSection forecast = section.section("forecast");
        Duration horizon = forecast.duration("horizon", Duration.ofMinutes(5));
        Duration history = forecast.make(() -> forecast.duration("history", Duration.ofHours(2)));
        return (context, catalogue, forecaster, clock) -> forecast.make(() -> {
            if (forecaster == SeriesForecast.NONE) {
                throw new IllegalArgumentException("there is no forecaster here that a rule could ask");
            }
            return rule.get()
                    .forecast(forecaster, horizon, history)
                    .clock(clock)
                    .build();
        });
    }

    private static ScalingRule.Builder builder(SettingsSection section) {
        ScalingRule.Builder rule = ScalingRule.named(section.required("rule", "a name", name -> name));
        if (section.has("thresholds")) {
            rule.thresholds(section.sections("thresholds").entrySet().stream()
                    .map(entry -> threshold(entry.getKey(), entry.getValue()))
                    .toArray(Threshold[]::new));
        }
        SettingsSection instances = section.section("instances");
        return instances
                .make(() -> rule.range(instances.integer("min", 1), instances.integer("max", 10)))
                .coolDown(section.duration("coolDown", Duration.ofMinutes(5)))
                .evaluationPeriod(section.duration("evaluationPeriod", Duration.ofMinutes(1)))
                .longestGap(section.duration("longestGap", Duration.ofMinutes(10)))
                .step(section.parsed("step", new Step.One(), Step.TEXTS, Step::parse));
    }

    private static Threshold threshold(String key, SettingsSection section) {
        return section.make(() -> new Threshold(
                Metric.named(key).orElseGet(() -> new Metric(key, Metric.Unit.WORK)),
                section.required("up"),
                section.required("down"),
                section.number("hysteresis").orElse(0),
                section.flag("critical", true)));
    }
}
