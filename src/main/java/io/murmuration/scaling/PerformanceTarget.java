package io.murmuration.scaling;

import java.util.List;

/** What a service or a job is to achieve, and the fewest, thus cheapest, instances that achieve it. */
public sealed interface PerformanceTarget permits LatencyTarget, BacklogTarget, DeadlineTarget {
    /** Its name in settings. */
    String name();

    /** What must be measured. */
    List<Metric> needs();

    /**
     * The fewest instances that meet the target.
     *
     * @param metrics with all that is needed
     */
    Wish fewest(ResourceMetrics metrics, ScalingContext context);
}
