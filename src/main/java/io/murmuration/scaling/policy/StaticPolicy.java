package io.murmuration.scaling.policy;

import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;

/** Always the same number of instances: no autoscaling, the bound that every autoscaler should be cheaper than. */
public final class StaticPolicy implements ScalingPolicy {
    private final Wish wish;

    public StaticPolicy(int instances) {
        wish = new Wish.Target(instances, "always " + instances);
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        // Nothing that could be measured changes it.
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
