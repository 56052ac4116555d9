package io.murmuration.stream.agent;

import java.util.Optional;

/**
 * When a state partition is at work.
 *
 * @param millis the time of the micro-batch, in milliseconds since the epoch: Spark's books tell it again if it is done again
 * @param nowMicros the time by which agents are idle, in microseconds; {@link Long#MIN_VALUE} before there is any
 * @param timeToLive of idle agents; empty where they are kept for good
 */
public record Moment(long millis, long nowMicros, Optional<TimeToLive> timeToLive) {

    /** Whether an agent that is heard of again was let go before, as one is that is idle by the time of micro-batches. */
    boolean hasParted(AgentEntry agent) {
        return timeToLive.isPresent()
                && !timeToLive.get().ofEvents()
                && timeToLive.get().isOver(agent, nowMicros);
    }
}
