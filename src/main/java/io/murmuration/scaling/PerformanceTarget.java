package io.murmuration.scaling;

/** What a service or a job is to achieve, and the fewest, thus cheapest, instances that achieve it. */
public sealed interface PerformanceTarget permits LatencyTarget, BacklogTarget, DeadlineTarget {
    /** Its name in settings. */
    String name();

    /** What must be measured. */
    Needs needs();

    /**
     * The fewest instances that meet the target.
     *
     * @param metrics with all that is needed
     */
    Wish fewest(ResourceMetrics metrics, ScalingContext context);
}
