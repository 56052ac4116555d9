package io.murmuration.stream.agent;

import java.io.Serializable;

/**
 * How long an idle agent is kept. Where rows wait for the watermark, it is the agent's own time that counts: one whose next
 * row is so much later begins anew there, however rows were divided into micro-batches, and the state is let go when the
 * watermark says that no other row will come. Else it is the time of micro-batches.
 *
 * @param micros for which an agent is kept
 * @param ofEvents whether the agents' own time counts
 */
public record TimeToLive(long micros, boolean ofEvents) implements Serializable {
    /** A scan of all agents of a partition is made every such share of the time. */
    private static final int SCANS = 8;

    /**
     * Whether an agent has been idle for so long.
     *
     * @param now the watermark, or the time of the micro-batch, in microseconds
     */
    public boolean isOver(AgentEntry agent, long now) {
        return isOver(ofEvents ? agent.time() : agent.seenMillis() * 1000, now);
    }

    /** Whether so long has passed since a time. */
    public boolean isOver(long since, long now) {
        // Far apart, the difference is more than a number holds.
        long limit = since + micros;
        return limit >= since && now >= limit;
    }

    /** When to look through all agents after having done so. */
    public long nextScan(long now) {
        return now + Math.max(1000, micros / SCANS);
    }
}
