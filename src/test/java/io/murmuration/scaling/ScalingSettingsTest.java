package io.murmuration.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingSettingsTest {
    /** Knows two policies, and makes them of what it was asked for. */
    private static ScalingPolicy catalogue(String name, Optional<String> setting, ScalingContext context) {
        if (!Set.of("auto", "peak").contains(name)) {
            throw new IllegalArgumentException("there is no policy \"" + name + "\", expected auto or peak");
        }
        String full = name + setting.map(text -> "@" + text).orElse("");
        return new ScalingPolicy() {
            @Override
            public String name() {
                return full;
            }

            @Override
            public void observe(ResourceMetrics metrics) {}

            @Override
            public Wish wish() {
                return new Wish.Hold("a test");
            }
        };
    }

    private static AutoScaler build(ScalingSettings settings) {
        return settings.autoScaler(
                ScalingSettingsTest::catalogue,
                (series, horizon) -> OptionalDouble.empty(),
                () -> Instant.parse("2026-03-02T12:00:00Z"));
    }

    private static List<String> policies(ScalingSettings settings) {
        return build(settings).getScalingStatus().policies();
    }

    @Test
    void theFileInConfSaysTheDefaults() {
        ScalingSettings file = ScalingSettings.read(Path.of("conf/scaling.yaml"));
        ScalingSettings none = ScalingSettings.parse("");
        assertEquals(none.context(), file.context());
        assertEquals(none.behaviour(), file.behaviour());
        assertEquals(ScalingBehaviour.DEFAULT, none.behaviour());
        assertEquals(policies(none), policies(file));
    }

    @Test
    void everySettingIsRead() {
        ScalingSettings settings = ScalingSettings.parse(
                """
                interval: 1 s
                instances: {min: 2, max: 40}
                delayTarget: 1 min
                policies:
                  - peak@1.3-0.8
                  - rule: mine
                    thresholds:
                      cpu_percent: {up: 70, down: 20, hysteresis: 2}
                      my_metric: {up: 5, down: 1, critical: false}
                    instances: {min: 3, max: 30}
                    coolDown: 2 min
                    step: 25 %
                    forecast: {horizon: 3 min}
                  - latency: 200 ms
                  - backlog: 5 min
                  - deadline: 2026-03-02T18:00:00Z
                combination: max
                step: one
                tolerance: 10 %
                stabilisation: {up: 15 s, down: 5 min}
                stepLimits:
                  - {direction: up, instances: 4, share: 100 %, period: 15 s}
                schedules:
                  - {name: office, days: [monday, friday], from: "08:00", to: "18:00", zone: Europe/Berlin, min: 4}
                budget: {instanceHour: 0.5, perHour: 18, perDay: 60}
                usefulParallelism: false
                patience: 2.5
                effectiveShare: 0.1
                assumedProvisioning: 20 s
                staleIntervals: 4
                gapIntervals: 20
                advisory: true
                historySize: 50
                """);
        assertEquals(new ScalingContext(Duration.ofSeconds(1), 2, 40, Duration.ofMinutes(1)), settings.context());
        ScalingBehaviour expected = ScalingBehaviour.DEFAULT.toBuilder()
                .combination(new LargestWish())
                .step(new Step.One())
                .tolerance(0.1)
                .stabilisation(Duration.ofSeconds(15), Duration.ofMinutes(5))
                .stepLimits(List.of(new StepLimit(StepLimit.Direction.UP, 4, 1, Duration.ofSeconds(15))))
                .schedules(List.of(new Schedule(
                        "office",
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        LocalTime.of(8, 0),
                        LocalTime.of(18, 0),
                        ZoneId.of("Europe/Berlin"),
                        4)))
                .budget(new Budget(0.5, OptionalDouble.of(18), OptionalDouble.of(60), ZoneOffset.UTC))
                .usefulParallelism(false)
                .patience(2.5)
                .effectiveShare(0.1)
                .assumedProvisioning(Duration.ofSeconds(20))
                .staleIntervals(4)
                .gapIntervals(20)
                .advisory(true)
                .historySize(50)
                .build();
        assertEquals(expected, settings.behaviour());
        ScalingStatus status = build(settings).getScalingStatus();
        assertEquals(List.of("peak@1.3-0.8", "mine", "latency", "backlog", "deadline"), status.policies());
        assertEquals(3, status.minInstances());
        assertEquals(30, status.maxInstances());
        assertEquals(Duration.ofMinutes(2), status.rules().get(0).coolDown());
        assertTrue(status.advisory().isPresent());
    }

    @Test
    void keysAndValuesAreTheSameSettings() {
        ScalingSettings settings = ScalingSettings.of(Map.of(
                "interval", "1 s",
                "instances.max", "20",
                "policies", "auto, peak@0.9",
                "stabilisation.down", "5 min",
                "budget.instanceHour", "0.5",
                "stepLimits", "[{direction: down, instances: 1, period: 1 min}]"));
        assertEquals(20, settings.context().maxInstances());
        assertEquals(List.of("auto", "peak@0.9"), policies(settings));
        assertEquals(Duration.ofMinutes(5), settings.behaviour().stabiliseDown());
        assertEquals(0.5, settings.behaviour().budget().orElseThrow().instanceHour());
        assertEquals(1, settings.behaviour().stepLimits().size());
        assertFalse(settings.behaviour().advisory());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            intervall: 1 s                                 | intervall is no setting; did you mean "interval"?
            instances: {minn: 1}                           | instances.minn is no setting; did you mean "min"?
            instances: {min: 5, max: 3}                    | instances: the bounds cross: at least 5 instances, at most 3, expected 0 <= min <= max
            interval: 15                                   | interval is 15, expected a duration such as 500 ms, 15 s, 5 min or 1 h
            interval: fast                                 | interval is "fast", expected a duration such as 500 ms, 15 s, 5 min or 1 h
            instances: {max: many}                         | instances.max is "many", expected a whole number
            tolerance: 150 %                               | settings: the tolerance is 1.5, expected from 0 to less than 1
            combination: mean                              | combination is "mean", expected vote or max
            policies: [{rule: r, thresholds: {cpu_percent: {up: 1}}}] | policies[0].thresholds.cpu_percent.down is missing, expected a number
            policies: [{rule: r, thresholds: {cpu_percent: {up: 1, down: 2}}}] | policies[0].thresholds.cpu_percent: the thresholds of cpu_percent cross: down under 2.0, up over 1.0, expected down < up
            policies: [{rule: r, cooldown: 1 s}]           | policies[0].cooldown is no setting; did you mean "coolDown"?
            stepLimits: [{direction: left}]                | stepLimits[0].direction is "left", expected up or down
            schedules: [{name: n, days: [holiday], from: "08:00", to: "09:00"}] | schedules[0].days[0] is "holiday", expected a day such as monday
            schedules: [{name: n, from: "08:00", to: "09:00", min: 11}] | settings: the bounds cross: the schedule n wants at least 11 instances, the context allows at most 10
            budget: {instanceHour: 0}                      | budget: an instance-hour costs 0.0, expected more than 0
            policies: [{polcy: peak}]                      | policies[0]: no policy, expected a name or one of the keys rule, latency, backlog, deadline
            - a                                            | The settings are ["a"], expected settings by key
            """)
    void aMistakeIsOneSentenceWithThePath(String yaml, String sentence) {
        assertEquals(
                sentence,
                assertThrows(InvalidSettingsException.class, () -> ScalingSettings.parse(yaml))
                        .getMessage());
    }

    @Test
    void aPolicyThatTheCatalogueDoesNotHaveIsNamedWithItsPath() {
        ScalingSettings settings = ScalingSettings.parse("policies: [auto, peek]");
        assertEquals(
                "policies[1]: there is no policy \"peek\", expected auto or peak",
                assertThrows(InvalidSettingsException.class, () -> build(settings))
                        .getMessage());
    }

    @Test
    void rulesWhoseBoundsCrossTheContextAreAMistake() {
        ScalingSettings settings = ScalingSettings.parse("policies: [{rule: many, instances: {min: 11, max: 12}}]");
        assertEquals(
                "policies: the bounds cross: the policy many wants at least 11 instances, the context allows at most 10",
                assertThrows(InvalidSettingsException.class, () -> build(settings))
                        .getMessage());
    }

    @Test
    void twoPoliciesOfOneNameAreAMistake() {
        ScalingSettings settings = ScalingSettings.parse("policies: [peak@1, {rule: auto}, auto]");
        assertEquals(
                "policies: two are called auto, expected different names",
                assertThrows(InvalidSettingsException.class, () -> build(settings))
                        .getMessage());
    }

    @Test
    void aForecastThatNobodyMakesIsAMistake() {
        ScalingSettings settings = ScalingSettings.parse("policies: [{rule: r, forecast: {horizon: 1 min}}]");
        assertEquals(
                "policies[0].forecast: there is no forecaster here that a rule could ask",
                assertThrows(
                                InvalidSettingsException.class,
                                () -> settings.autoScaler(
                                        ScalingSettingsTest::catalogue, SeriesForecast.NONE, new VirtualClock()))
                        .getMessage());
    }
}
