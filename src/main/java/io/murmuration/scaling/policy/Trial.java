package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScaleAction;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import io.murmuration.scaling.plant.Plant;
import io.murmuration.scaling.plant.PlantStep;
import java.time.Instant;

/** What would be if a policy were followed: it runs a plant of its own under the load that there is. */
final class Trial {
    private final ScalingPolicy policy;
    private final ScalingContext context;
    private Plant plant;
    private int desired;

    /** What an interval was like. */
    record Outcome(int billed, boolean violated) {}

    /** @param policy one that has seen nothing yet */
    Trial(ScalingPolicy policy, ScalingContext context) {
        this.policy = policy;
        this.context = context;
    }

    /**
     * Goes on by the interval that was just measured.
     *
     * @param load in what one instance does in an interval
     */
    Outcome step(ResourceMetrics metrics, double load) {
        int delay = context.intervals(metrics.require(Metric.PROVISIONING_TIME));
        if (plant == null) {
            plant = new Plant(context, 1, (int) metrics.require(Metric.ACTIVE_INSTANCES), delay);
            desired = plant.ready();
        }
        plant.setDelay(delay);
        int wished = policy.wish() instanceof Wish.Target target ? context.clip(target.instances()) : desired;
        if (wished != desired) {
            policy.scaled(new ScaleAction(metrics.timestamp().minus(context.interval()), desired, wished));
            desired = wished;
        }
        PlantStep done = plant.step(load, desired);
        policy.observe(ResourceMetrics.at(metrics.timestamp())
                .with(Metric.UTILISATION, done.utilisation())
                .with(Metric.LOAD, load)
                .with(Metric.QUEUED_WORK, done.queue())
                .with(Metric.ACTIVE_INSTANCES, done.ready())
                .with(Metric.REQUESTED_INSTANCES, desired)
                .with(Metric.INSTANCE_CAPACITY, 1)
                .with(Metric.PROVISIONING_TIME, metrics.get(Metric.PROVISIONING_TIME))
                .build());
        return new Outcome(done.billed(), done.violated());
    }

    /** The clock of the metrics was set back. */
    void clockSetBack(Instant now) {
        policy.clockSetBack(now);
    }
}
