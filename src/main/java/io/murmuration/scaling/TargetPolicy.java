package io.murmuration.scaling;

import java.util.Optional;

/** Wishes for the fewest instances that meet a performance target by the latest metrics. */
public final class TargetPolicy implements ScalingPolicy {
    private final PerformanceTarget target;
    private final ScalingContext context;
    private Optional<ResourceMetrics> latest = Optional.empty();

    public TargetPolicy(PerformanceTarget target, ScalingContext context) {
        this.target = target;
        this.context = context;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        latest = Optional.of(metrics);
    }

    @Override
    public Wish wish() {
        if (latest.isEmpty()) {
            return new Wish.Abstain("nothing was observed yet");
        }
        ResourceMetrics metrics = latest.get();
        return target.needs().lackedBy(metrics).orElseGet(() -> target.fewest(metrics, context));
    }
}
