package io.murmuration.scaling;

import java.time.Instant;

/**
 * The law by which an autoscaler wishes for a number of instances. A policy knows what it was told by {@link #observe} and
 * {@link #scaled} and nothing else, no clock and no platform: two that were told the same wish the same, live or in a
 * backtest. Not safe for use by several threads.
 */
public interface ScalingPolicy {
    /** Its name in decisions and tables. */
    String name();

    /**
     * Takes in the metrics of a tick. Ticks come in the order of time, each once; where a clock was set back, time goes on
     * from the earlier moment, which {@link #clockSetBack} tells.
     */
    void observe(ResourceMetrics metrics);

    /** What is best by all that was observed; asking changes nothing. */
    Wish wish();

    /** The numbers of instances that it allows, whatever is wished for; for as long as it is in use. */
    default InstanceRange range() {
        return InstanceRange.ANY;
    }

    /** Takes in that the number of instances was changed, by this policy's wish or another's. */
    default void scaled(ScaleAction action) {}

    /** Takes in that the clock was set back: times seen so far mean nothing any more, and metrics to come are later than now. */
    default void clockSetBack(Instant now) {}
}
