package io.murmuration.scaling.backtest;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScaleAction;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import io.murmuration.scaling.plant.Plant;
import io.murmuration.scaling.plant.PlantStep;
import io.murmuration.scaling.policy.PolicyCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** One policy over one trace: each step it is shown what the step before showed, and asked. */
public final class Backtest {
    /** What a policy that runs in the plant is set up for. */
    public static final ScalingContext CONTEXT =
            new ScalingContext(LoadTrace.STEP, 1, LoadTrace.MAX_INSTANCES, Duration.ofSeconds(30));

    private final LoadTrace trace;
    private final Duration provisioningDelay;

    public Backtest(LoadTrace trace, Duration provisioningDelay) {
        this.trace = trace;
        this.provisioningDelay = provisioningDelay;
    }

    /** All policies that can be run over this trace: those of the catalogue, and the oracle, which is told the trace. */
    public PolicyCatalog policies() {
        return PolicyCatalog.standard().after(OraclePolicy.entry(trace, provisioningDelay));
    }

    /** Runs a policy that has seen nothing yet; every step is handed over. */
    public void run(ScalingPolicy policy, Consumer<PlantStep> steps) {
        Plant plant = new Plant(CONTEXT, trace.capacity(), trace.needed(0), CONTEXT.intervals(provisioningDelay));
        int desired = plant.ready();
        for (int step = 0; step < trace.steps(); step++) {
            Instant now = trace.start().plus(LoadTrace.STEP.multipliedBy(step));
            int wish = policy.wish() instanceof Wish.Target target ? CONTEXT.clip(target.instances()) : desired;
            if (wish != desired) {
                policy.scaled(new ScaleAction(now, desired, wish));
                desired = wish;
            }
            PlantStep done = plant.step(trace.loads()[step], desired);
            steps.accept(done);
            policy.observe(show(done, now));
        }
    }

    private ResourceMetrics show(PlantStep done, Instant now) {
        return ResourceMetrics.at(now.plus(LoadTrace.STEP))
                .with(Metric.UTILISATION, done.utilisation())
                .with(Metric.LOAD, done.load())
                .with(Metric.QUEUED_WORK, done.queue())
                .with(Metric.ACTIVE_INSTANCES, done.ready())
                .with(Metric.REQUESTED_INSTANCES, done.desired())
                .with(Metric.INSTANCE_CAPACITY, trace.capacity())
                .with(Metric.PROVISIONING_TIME, (double) provisioningDelay.toSeconds())
                .build();
    }
}
