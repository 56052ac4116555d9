package io.murmuration.scaling.policy.active;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.inference.AgentBlock;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveInferencePolicyTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final ScalingContext CONTEXT = new ScalingContext(INTERVAL, 1, 60, Duration.ofSeconds(30));
    private static final double WEIGHT = 100;
    /** 60 s of provisioning, and the interval in which a change is seen. */
    private static final int HORIZON = 5;

    private static final LoadModel MODEL = new LoadModel(60);

    private static ResourceMetrics.Builder metrics(int tick, double load) {
        return ResourceMetrics.at(Instant.EPOCH.plus(INTERVAL.multipliedBy(tick)))
                .with(Metric.LOAD, load)
                .with(Metric.QUEUED_WORK, 0)
                .with(Metric.ACTIVE_INSTANCES, 10)
                .with(Metric.INSTANCE_CAPACITY, 10)
                .with(Metric.PROVISIONING_TIME, 60);
    }

    /** Shows loads, one a tick, and returns the last wish. */
    private static Wish.Target shown(ScalingPolicy policy, int from, double... loads) {
        for (int i = 0; i < loads.length; i++) {
            policy.observe(metrics(from + i, loads[i]).build());
        }
        return assertInstanceOf(Wish.Target.class, policy.wish());
    }

    private static double[] steady(int ticks, double load) {
        double[] loads = new double[ticks];
        Arrays.fill(loads, load);
        return loads;
    }

    @Test
    void whatIsNotMeasuredIsNamed() {
        ScalingPolicy policy = ActiveInferencePolicy.of(CONTEXT, WEIGHT);
        assertInstanceOf(Wish.Abstain.class, policy.wish());
        policy.observe(ResourceMetrics.at(Instant.EPOCH)
                .with(Metric.LOAD, Double.NaN)
                .with(Metric.QUEUED_WORK, 0)
                .with(Metric.INSTANCE_CAPACITY, 10)
                .build());
        assertEquals(
                "not measured: load, provisioning_seconds",
                assertInstanceOf(Wish.Abstain.class, policy.wish()).reason());
        policy.observe(metrics(1, 30).with(Metric.INSTANCE_CAPACITY, 0).build());
        assertEquals(
                "instance_capacity is 0.0, expected more than 0",
                assertInstanceOf(Wish.Abstain.class, policy.wish()).reason());
    }

    @Test
    void metricsThatCameBackAreUsedAgain() {
        ScalingPolicy policy = ActiveInferencePolicy.of(CONTEXT, WEIGHT);
        shown(policy, 0, steady(20, 30));
        policy.observe(ResourceMetrics.at(Instant.EPOCH.plusSeconds(300)).build());
        assertInstanceOf(Wish.Abstain.class, policy.wish());
        assertEquals(3, shown(policy, 21, 30).figures().get("work"));
    }

    @Test
    void theWishIsTheBestCapacityTimesTheWorkRoundedUp() {
        ScalingPolicy policy = ActiveInferencePolicy.of(CONTEXT, WEIGHT);
        policy.observe(metrics(0, 30).with(Metric.QUEUED_WORK, 20).build());
        Wish.Target wish = assertInstanceOf(Wish.Target.class, policy.wish());
        // A quarter of the queue, since it is to be done in 60 s.
        assertEquals(3.5, wish.figures().get("work"));
        List<String> names = LoadModel.names(MODEL.capacities());
        int best = 0;
        for (int i = 1; i < names.size(); i++) {
            best = negEfe(wish, names.get(i)) > negEfe(wish, names.get(best)) ? i : best;
        }
        assertEquals(Math.ceil(3.5 * MODEL.capacities().centre(best)), wish.instances());
        assertTrue(
                wish.reason()
                        .startsWith(wish.instances() + " instances for a work of 3.50: of 11 capacities, "
                                + names.get(best) + " times the work has the least expected free energy, "),
                wish.reason());
    }

    private static double negEfe(Wish.Target wish, String action) {
        return wish.figures().get("neg_efe_" + action);
    }

    /** Two ticks one horizon apart are two steps of the kernel; what is between them is another chain. */
    @Test
    void theFiguresAreThoseOfTheKernel() {
        ScalingPolicy policy = ActiveInferencePolicy.withoutLearning(CONTEXT, WEIGHT);
        Wish.Target wish = shown(policy, 0, 30, 30, 30, 30, 30, 60);
        InferenceKernel kernel = InferenceKernel.compile(MODEL.build(HORIZON, 2, WEIGHT, Variant.WITHOUT_LEARNING));
        AgentBlock block = kernel.block(1, 0);
        ObservationBlock seen = new ObservationBlock(1, 2, kernel.observationWidth(), kernel.actionWidth());
        seen.setObservation(0, LoadModel.LEVEL_SEEN, 0, MODEL.levels().index(3));
        seen.setObservation(0, LoadModel.DELAY_SEEN, 0, 0);
        seen.setObservation(1, LoadModel.LEVEL_SEEN, 0, MODEL.levels().index(6));
        seen.setObservation(1, LoadModel.TREND_SEEN, 0, MODEL.trends().index(2));
        seen.setObservation(1, LoadModel.DELAY_SEEN, 0, 0);
        ResultBlock results = new ResultBlock(1, 2, kernel.layout());
        block.start(0, 0);
        block.step(1, seen, 0, results);
        block.step(1, seen, 1, results);
        assertEquals(
                results.get(1, kernel.layout().offset("free_energy"), 0),
                wish.figures().get("free_energy"));
        List<String> names = LoadModel.names(MODEL.capacities());
        for (int action = 0; action < names.size(); action++) {
            assertEquals(
                    results.get(1, kernel.layout().offset("neg_efe") + action, 0), negEfe(wish, names.get(action)));
        }
    }

    /** The trend does not change in 0.8 of all horizons; the rest is shared out, half as much with each class further off. */
    @Test
    void anActionIsWorthItsCostAndTheViolationsThatItLetsHappen() {
        ScalingPolicy policy = ActiveInferencePolicy.withoutInformationGain(CONTEXT, WEIGHT);
        Wish.Target wish = shown(policy, 0, 30);
        // Classes of the trend from 1.25^-2 to 1.25^11: 2 below the one of no change and 11 above it.
        double total = 2 - Math.pow(0.5, 11) - Math.pow(0.5, 2);
        double over = 0;
        for (int k = -2; k <= 11; k++) {
            double probability = k == 0 ? 0.8 : 0.2 * Math.pow(0.5, Math.abs(k)) / total;
            int violated = 0;
            for (int interval = 1; interval <= HORIZON; interval++) {
                violated += interval * (Math.pow(1.25, k) - 1) > 2 ? 1 : 0;
            }
            over += probability * Math.min(0.99, Math.max(0.01, violated / 5.0));
        }
        // A work of 3 is of the level 0.7 · 2.2², and so many instances are paid.
        double cost = 0.7 * Math.pow(2.2, 2);
        assertEquals(-WEIGHT * over - cost, negEfe(wish, "1.00"), 1e-9);
    }

    @Test
    void aSteadyLoadIsLearnedAndNeedsNoReserve() {
        ScalingPolicy whole = ActiveInferencePolicy.of(CONTEXT, 10 * WEIGHT);
        Wish.Target first = shown(whole, 0, steady(HORIZON + 1, 100));
        Wish.Target last = shown(whole, HORIZON + 1, steady(600, 100));
        Wish.Target without =
                shown(ActiveInferencePolicy.withoutLearning(CONTEXT, 10 * WEIGHT), 0, steady(HORIZON + 601, 100));
        assertTrue(first.instances() > 10, first.reason());
        assertEquals(10, last.instances(), last.reason());
        assertEquals(first.instances(), without.instances(), 1);
        assertTrue(last.figures().get("free_energy") < first.figures().get("free_energy"));
    }

    /** A load that doubles now and then is prepared for: 2 / 1.56 leaves 0.28 capacities an interval, not 2 in five. */
    @Test
    void aLoadThatOftenDoublesIsPreparedFor() {
        ScalingPolicy whole = ActiveInferencePolicy.of(CONTEXT, WEIGHT);
        List<Double> loads = new ArrayList<>();
        for (int tick = 0; tick < 1200; tick++) {
            loads.add(tick / 20 % 2 == 0 ? 100.0 : 200.0);
        }
        double[] all = loads.stream().mapToDouble(Double::doubleValue).toArray();
        shown(whole, 0, all);
        Wish.Target wish = shown(whole, all.length, steady(15, 100));
        assertTrue(wish.instances() >= 15, wish.reason());
    }

    @Test
    void whatWasLearnedIsKeptWhenInstancesTakeLongerToCome() {
        ScalingPolicy policy = ActiveInferencePolicy.of(CONTEXT, WEIGHT);
        shown(policy, 0, steady(600, 100));
        policy.observe(metrics(600, 100).with(Metric.PROVISIONING_TIME, 75).build());
        for (int tick = 601; tick < 620; tick++) {
            policy.observe(metrics(tick, 100).with(Metric.PROVISIONING_TIME, 75).build());
        }
        assertEquals(10, assertInstanceOf(Wish.Target.class, policy.wish()).instances());
    }

    @Test
    void aLongProvisioningTimeThatWasAssumedIsForgottenOnceAShortOneIsMeasured() {
        ScalingPolicy assumed = ActiveInferencePolicy.withoutLearning(CONTEXT, WEIGHT);
        for (int tick = 0; tick < 20; tick++) {
            assumed.observe(
                    metrics(tick, 100).with(Metric.PROVISIONING_TIME, 600).build());
        }
        Wish.Target measured = shown(assumed, 20, steady(20, 100));
        assertEquals(shown(ActiveInferencePolicy.withoutLearning(CONTEXT, WEIGHT), 20, steady(20, 100)), measured);
    }

    @Test
    void twoThatWereToldTheSameWishTheSameHoweverOftenTheyAreAsked() {
        ScalingPolicy one = ActiveInferencePolicy.of(CONTEXT, WEIGHT);
        ScalingPolicy other = ActiveInferencePolicy.of(CONTEXT, WEIGHT);
        double[] loads = {30, 45, 45, 80, 20, 20, 25, 60, 60, 90};
        for (int tick = 0; tick < 40; tick++) {
            ResourceMetrics metrics = metrics(tick, loads[tick % loads.length]).build();
            one.observe(metrics);
            other.observe(metrics);
            one.wish();
            assertEquals(one.wish(), other.wish());
        }
    }

    /** What others had asked for is what the agent believes that it has. */
    @Test
    void theCapacityIsTheOneThatWasCarriedOut() {
        ScalingPolicy obeyed = ActiveInferencePolicy.withoutLearning(CONTEXT, WEIGHT);
        ScalingPolicy overruled = ActiveInferencePolicy.withoutLearning(CONTEXT, WEIGHT);
        for (int tick = 0; tick < HORIZON + 1; tick++) {
            double queue = tick == HORIZON ? 500 : 0;
            obeyed.observe(metrics(tick, 100).with(Metric.QUEUED_WORK, queue).build());
            overruled.observe(metrics(tick, 100)
                    .with(Metric.QUEUED_WORK, queue)
                    .with(Metric.REQUESTED_INSTANCES, 60)
                    .build());
        }
        // The delay is over its target: with 60 instances for a work of 10 that is less to be expected.
        assertTrue(freeEnergy(overruled) > freeEnergy(obeyed));
    }

    private static double freeEnergy(ScalingPolicy policy) {
        return assertInstanceOf(Wish.Target.class, policy.wish()).figures().get("free_energy");
    }

    @Test
    void aWeightMustBeANumberOfAtLeastZero() {
        assertEquals(
                "the weight of the delay is NaN, expected a finite number of at least 0",
                assertThrows(IllegalArgumentException.class, () -> ActiveInferencePolicy.of(CONTEXT, Double.NaN))
                        .getMessage());
    }
}
