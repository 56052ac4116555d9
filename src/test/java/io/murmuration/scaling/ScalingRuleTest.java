package io.murmuration.scaling;

import static io.murmuration.scaling.VirtualClock.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScalingRuleTest {
    private final VirtualClock clock = new VirtualClock();

    private ScalingRule.Builder cpu() {
        return ScalingRule.named("cpu")
                .thresholds(Threshold.of(Metric.CPU_PERCENT, 80, 30))
                .clock(clock);
    }

    private static ResourceMetrics metrics(Instant at, double cpu, int instances) {
        return ResourceMetrics.at(at)
                .with(Metric.CPU_PERCENT, cpu)
                .with(Metric.ACTIVE_INSTANCES, instances)
                .build();
    }

    private static Instant second(long second) {
        return NOON.plusSeconds(second);
    }

    @Test
    void aConditionMustHoldForTheWholeEvaluationPeriod() {
        ScalingRule rule = cpu().build();
        for (int second = 0; second < 60; second += 15) {
            rule.observe(metrics(second(second), 90, 2));
            assertInstanceOf(Wish.Hold.class, rule.wish());
        }
        assertEquals("cpu_percent 90 % > 80 %, for 45 s of 60 s", rule.wish().reason());
        rule.observe(metrics(second(60), 90, 2));
        assertEquals(new Wish.Target(3, "cpu_percent 90 % > 80 %, for 60 s"), rule.wish());
    }

    @Test
    void oneTickThatIsNotOverBeginsThePeriodAnew() {
        ScalingRule rule = cpu().build();
        double[] cpu = {90, 90, 79, 90, 90};
        for (int tick = 0; tick < cpu.length; tick++) {
            rule.observe(metrics(second(30L * tick), cpu[tick], 2));
        }
        assertEquals("cpu_percent 90 % > 80 %, for 30 s of 60 s", rule.wish().reason());
    }

    @Test
    void withinTheHysteresisAConditionGoesOnButDoesNotBegin() {
        ScalingRule rule = cpu().thresholds(new Threshold(Metric.CPU_PERCENT, 80, 30, 5, true))
                .build();
        rule.observe(metrics(second(0), 78, 2));
        rule.observe(metrics(second(30), 82, 2));
        rule.observe(metrics(second(60), 78, 2));
        rule.observe(metrics(second(90), 76, 2));
        assertEquals(new Wish.Target(3, "cpu_percent 76 % > 75 % (80 % with hysteresis), for 60 s"), rule.wish());
        rule.observe(metrics(second(120), 75, 2));
        assertInstanceOf(Wish.Hold.class, rule.wish());
    }

    @Test
    void askingTwiceChangesNothing() {
        ScalingRule rule = cpu().build();
        rule.observe(metrics(second(0), 90, 2));
        ResourceMetrics next = metrics(second(60), 90, 2);
        for (int i = 0; i < 3; i++) {
            assertTrue(rule.shouldScaleUp(next));
            assertFalse(rule.shouldScaleDown(next));
            assertEquals("cpu_percent 90 % > 80 %, for 0 s of 60 s", rule.wish().reason());
        }
        assertEquals(0, rule.getScalingStatistics().ups());
        assertEquals(List.of(), rule.getScalingHistory());
    }

    @Test
    void anyCriticalMetricAsksForMoreAndAllMustBeUnderForFewer() {
        ScalingRule rule = ScalingRule.named("two")
                .thresholds(
                        Threshold.of(Metric.CPU_PERCENT, 80, 30),
                        new Threshold(Metric.RESPONSE_TIME, 1000, 200, 0, false))
                .evaluationPeriod(Duration.ZERO)
                .build();
        assertTrue(rule.shouldScaleUp(both(90, 100)));
        assertFalse(rule.shouldScaleUp(both(50, 2000)), "not critical");
        assertFalse(rule.shouldScaleDown(both(20, 300)));
        assertTrue(rule.shouldScaleDown(both(20, 100)));
    }

    private static ResourceMetrics both(double cpu, double response) {
        return ResourceMetrics.at(NOON)
                .with(Metric.CPU_PERCENT, cpu)
                .with(Metric.RESPONSE_TIME, response)
                .with(Metric.ACTIVE_INSTANCES, 5)
                .build();
    }

    @Test
    void anAbsentMetricForbidsGoingDownAndIsNamed() {
        ScalingRule rule = ScalingRule.named("two")
                .thresholds(Threshold.of(Metric.CPU_PERCENT, 80, 30), Threshold.of(Metric.MEMORY_PERCENT, 80, 40))
                .evaluationPeriod(Duration.ZERO)
                .build();
        rule.observe(metrics(second(0), 10, 5));
        assertEquals(new Wish.Hold("nothing is over, and not all is under: memory_percent is absent"), rule.wish());
        rule.observe(metrics(second(15), 90, 5));
        assertEquals(new Wish.Target(6, "cpu_percent 90 % > 80 %, for 0 s"), rule.wish());
        rule.observe(
                ResourceMetrics.at(second(30)).with(Metric.ACTIVE_INSTANCES, 5).build());
        assertEquals(new Wish.Abstain("none of its metrics was measured"), rule.wish());
    }

    @Test
    void noNumberIsLikeAbsent() {
        ScalingRule rule = cpu().evaluationPeriod(Duration.ZERO).build();
        rule.observe(metrics(second(0), Double.NaN, 5));
        assertInstanceOf(Wish.Abstain.class, rule.wish());
    }

    @Test
    void itHoldsForTheCoolDownAndSaysHowMuchRemains() {
        ScalingRule rule = cpu().evaluationPeriod(Duration.ZERO).build();
        rule.scaled(new ScaleAction(second(0), 2, 3));
        rule.observe(metrics(second(120), 90, 3));
        assertEquals(new Wish.Hold("cool-down: 180 s of 300 s remain"), rule.wish());
        rule.observe(metrics(second(300), 90, 3));
        assertInstanceOf(Wish.Target.class, rule.wish());
        clock.advanceSeconds(60);
        assertEquals(Duration.ofMinutes(4), rule.getScalingStatistics().coolDownRemaining());
    }

    @Test
    void anActionIsRecordedOnce() {
        ScalingRule rule = cpu().build();
        ScaleAction action = new ScaleAction(NOON, 2, 3);
        rule.recordScaleAction(action);
        rule.scaled(action);
        assertEquals(List.of(action), rule.getScalingHistory());
        assertEquals(1, rule.getScalingStatistics().ups());
    }

    @Test
    void stepsGoByOneByProportionOrToTheTarget() {
        ResourceMetrics busy = metrics(NOON, 100, 8);
        assertEquals(9, wished(cpu().step(new Step.One()), busy));
        // ceil(8 * 100 / 80) = 10, a quarter of 8 is 2, an eighth 1
        assertEquals(10, wished(cpu().step(new Step.Proportion(0.25)), busy));
        assertEquals(9, wished(cpu().step(new Step.Proportion(0.125)), busy));
        assertEquals(10, wished(cpu().step(new Step.ToTarget()), busy));
        // ceil(8 * 20 / 80) = 2
        ResourceMetrics idle = metrics(NOON, 20, 8);
        assertEquals(7, wished(cpu().step(new Step.One()), idle));
        assertEquals(2, wished(cpu().step(new Step.ToTarget()), idle));
        assertEquals(4, wished(cpu().step(new Step.ToTarget()).range(4, 10), idle));
    }

    private static int wished(ScalingRule.Builder builder, ResourceMetrics metrics) {
        ScalingRule rule = builder.evaluationPeriod(Duration.ZERO).build();
        rule.observe(metrics);
        return assertInstanceOf(Wish.Target.class, rule.wish()).instances();
    }

    @Test
    void atItsMostItHolds() {
        ScalingRule rule = cpu().evaluationPeriod(Duration.ZERO).range(1, 3).build();
        rule.observe(metrics(NOON, 90, 3));
        assertEquals(
                new Wish.Hold("cpu_percent 90 % > 80 %, for 0 s, but 3 instances are as far as the rule goes"),
                rule.wish());
    }

    @Test
    void aForecastOverTheThresholdAsksForMore() {
        SeriesForecast twiceTheLast = (series, horizon) -> OptionalDouble.of(
                2 * series.samples().get(series.samples().size() - 1).value());
        ScalingRule rule = cpu().evaluationPeriod(Duration.ZERO)
                .forecast(twiceTheLast, Duration.ofMinutes(5), Duration.ofHours(1))
                .build();
        rule.observe(metrics(NOON, 45, 3));
        assertEquals(new Wish.Target(4, "cpu_percent forecast 90 % > 80 %, for 0 s"), rule.wish());
        rule.observe(metrics(second(15), 20, 3));
        assertInstanceOf(Wish.Hold.class, rule.wish(), "40 % are expected, which forbids going down");
    }

    @Test
    void aForecastIsMadeOnceATickHoweverOftenItCounts() {
        AtomicInteger made = new AtomicInteger();
        SeriesForecast last = (series, horizon) -> {
            made.incrementAndGet();
            return OptionalDouble.of(
                    series.samples().get(series.samples().size() - 1).value());
        };
        ScalingRule rule =
                cpu().forecast(last, Duration.ofMinutes(5), Duration.ofHours(2)).build();
        for (int tick = 1; tick <= 10; tick++) {
            rule.observe(metrics(second(15L * tick), 90 - 8 * tick, 3));
            rule.wish();
            rule.wish();
            assertEquals(tick, made.get());
        }
    }

    @Test
    void theWholeHistoryIsShownHoweverShortTheTicks() {
        List<MetricSeries> shown = new ArrayList<>();
        SeriesForecast forecaster = (series, horizon) -> {
            shown.add(series);
            return OptionalDouble.empty();
        };
        ScalingRule rule = cpu().forecast(forecaster, Duration.ofMinutes(5), Duration.ofHours(2))
                .build();
        for (int tick = 0; tick < 10_000; tick++) {
            rule.observe(metrics(second(tick), 50, 3));
        }
        List<MetricSeries.Sample> samples = shown.get(shown.size() - 1).samples();
        Duration covered = Duration.between(
                samples.get(0).at(), samples.get(samples.size() - 1).at());
        assertTrue(covered.compareTo(Duration.ofMinutes(119)) > 0, covered::toString);
        assertTrue(samples.size() <= 1000, samples.size() + " samples");
        assertEquals(1250, shown.size(), "one of eight seconds, the shortest that is 2 h over a thousand");
    }

    @Test
    void aForecastThatIsNoNumberIsNone() {
        ScalingRule rule = cpu().evaluationPeriod(Duration.ZERO)
                .forecast((series, horizon) -> OptionalDouble.of(Double.NaN), Duration.ofMinutes(5), Duration.ZERO)
                .build();
        rule.observe(metrics(NOON, 20, 3));
        assertEquals(new Wish.Target(2, "cpu_percent 20 % < 30 %, for 0 s"), rule.wish());
    }

    @Test
    void conditionsOfOnesOwnAreNamedInTheReason() {
        ScalingRule rule = cpu().evaluationPeriod(Duration.ZERO)
                .scaleUpWhen("many errors", metrics -> metrics.get(Metric.ERROR_RATE, 0) > 0.1)
                .build();
        rule.observe(ResourceMetrics.at(NOON)
                .with(Metric.CPU_PERCENT, 10)
                .with(Metric.ERROR_RATE, 0.5)
                .with(Metric.ACTIVE_INSTANCES, 2)
                .build());
        assertEquals(new Wish.Target(3, "many errors, for 0 s"), rule.wish());
    }

    @Test
    void whenTheClockGoesBackItHoldsAndTheCoolDownBeginsAnew() {
        ScalingRule rule = cpu().build();
        rule.observe(metrics(second(3600), 90, 2));
        rule.scaled(new ScaleAction(second(3600), 2, 3));
        rule.observe(metrics(second(0), 90, 3));
        assertEquals(
                "the clock went back from 2026-03-02T13:00:00Z to 2026-03-02T12:00:00Z",
                rule.wish().reason());
        rule.observe(metrics(second(60), 90, 3));
        assertEquals("cool-down: 240 s of 300 s remain", rule.wish().reason());
    }

    @Test
    void whenTheClockLeapsAheadThePeriodBeginsAnew() {
        ScalingRule rule = cpu().build();
        rule.observe(metrics(second(0), 90, 2));
        rule.observe(metrics(second(86400), 90, 2));
        assertEquals(
                "nothing was seen for 86400 s before 2026-03-03T12:00:00Z",
                rule.wish().reason());
        rule.observe(metrics(second(86415), 90, 2));
        assertEquals("cpu_percent 90 % > 80 %, for 15 s of 60 s", rule.wish().reason());
    }

    @Test
    void thresholdsThatCrossAreRefused() {
        IllegalArgumentException crossing =
                assertThrows(IllegalArgumentException.class, () -> Threshold.of(Metric.CPU_PERCENT, 30, 80));
        assertEquals(
                "the thresholds of cpu_percent cross: down under 80.0, up over 30.0, expected down < up",
                crossing.getMessage());
        assertThrows(IllegalArgumentException.class, () -> cpu().range(5, 3));
    }

    @Property
    void itNeverWishesBothWaysNorOutsideItsRange(
            @ForAll @DoubleRange(min = 0, max = 100) double cpu, @ForAll("instances") int instances) {
        ScalingRule rule = cpu().evaluationPeriod(Duration.ZERO)
                .step(new Step.ToTarget())
                .range(2, 7)
                .build();
        ResourceMetrics metrics = metrics(NOON, cpu, instances);
        assertFalse(rule.shouldScaleUp(metrics) && rule.shouldScaleDown(metrics));
        rule.observe(metrics);
        if (rule.wish() instanceof Wish.Target target) {
            assertTrue(target.instances() >= 2 && target.instances() <= 7);
        }
    }

    @Provide
    Arbitrary<Integer> instances() {
        return Arbitraries.integers().between(2, 7);
    }
}
