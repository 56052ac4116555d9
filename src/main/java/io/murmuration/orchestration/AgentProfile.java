package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.Capabilities;
import java.util.Optional;

/**
 * Who an agent is: what it can do, how much at once, and whether it is called or asks.
 *
 * @param limit tasks that it has at once, at least 1
 * @param acting called with each task; none: the agent fetches its tasks, and has to be heard from ({@link
 *     MultiAgentOrchestrator#heartbeat})
 */
public record AgentProfile(String id, Capabilities capabilities, int limit, Optional<ActingAgent> acting) {
    /** @throws IllegalArgumentException if the limit is below 1 */
    public AgentProfile {
        if (limit < 1) {
            throw new IllegalArgumentException("agent '" + id + "' takes " + limit + " tasks, expected at least 1");
        }
    }

    /** An agent that is called. */
    public static AgentProfile acting(String id, Capabilities capabilities, int limit, ActingAgent acting) {
        return new AgentProfile(id, capabilities, limit, Optional.of(acting));
    }

    /** An agent that fetches its tasks. */
    public static AgentProfile fetching(String id, Capabilities capabilities, int limit) {
        return new AgentProfile(id, capabilities, limit, Optional.empty());
    }
}
