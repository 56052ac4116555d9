package io.murmuration.scaling.policy;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScaleAction;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** A policy under a virtual clock of 15 s a tick, for instances that do 10 of work in it and come at once. */
final class Ticks {
    static final ScalingContext CONTEXT = new ScalingContext(Duration.ofSeconds(15), 1, 60, Duration.ofSeconds(30));
    static final double CAPACITY = 10;

    private final ScalingPolicy policy;
    private Instant now = Instant.EPOCH;
    private int ready;
    private int requested;
    private OptionalDouble provisioningSeconds = OptionalDouble.empty();

    Ticks(ScalingPolicy policy, int instances) {
        this.policy = policy;
        ready = instances;
        requested = instances;
    }

    /** So many are ready, and as many were asked for. */
    Ticks with(int ready, int requested) {
        this.ready = ready;
        this.requested = requested;
        return this;
    }

    /** Instances take so long to come. */
    Ticks provisioning(double seconds) {
        provisioningSeconds = OptionalDouble.of(seconds);
        return this;
    }

    /** The clock is set back. */
    Ticks setBack(Duration by) {
        now = now.minus(by);
        policy.clockSetBack(now);
        return this;
    }

    /** A tick in which nothing was left waiting. */
    Wish load(double load) {
        return load(load, 0);
    }

    Wish load(double load, double queue) {
        now = now.plusSeconds(15);
        policy.observe(ResourceMetrics.at(now)
                .with(Metric.LOAD, load)
                .with(Metric.QUEUED_WORK, queue)
                .with(Metric.UTILISATION, Math.min(1, (load + queue) / (ready * CAPACITY)))
                .with(Metric.ACTIVE_INSTANCES, ready)
                .with(Metric.REQUESTED_INSTANCES, requested)
                .with(Metric.INSTANCE_CAPACITY, CAPACITY)
                .with(Metric.PROVISIONING_TIME, provisioningSeconds)
                .build());
        return policy.wish();
    }

    /** So many ticks of the same load; the wish after the last. */
    Wish loads(int ticks, double load) {
        Wish wish = null;
        for (int i = 0; i < ticks; i++) {
            wish = load(load);
        }
        return wish;
    }

    /** Carries a wish out, at once. */
    void carryOut(Wish wish) {
        int to = instances(wish);
        policy.scaled(new ScaleAction(now, requested, to));
        with(to, to);
    }

    static int instances(Wish wish) {
        return assertInstanceOf(Wish.Target.class, wish, wish.reason()).instances();
    }
}
