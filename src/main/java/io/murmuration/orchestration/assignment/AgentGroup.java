package io.murmuration.orchestration.assignment;

/**
 * Agents that are alike.
 *
 * @param count how many there are, at least 0
 * @param capacity tasks that each of them takes at once, besides those that it has; at least 0
 */
public record AgentGroup(Capabilities capabilities, int count, int capacity) {
    /** @throws IllegalArgumentException if a number is below 0, or all take more than 2³¹ − 1 tasks together */
    public AgentGroup {
        if (count < 0 || capacity < 0) {
            throw new IllegalArgumentException("a group of agents is of " + count + " agents with a capacity of "
                    + capacity + ", expected at least 0 for both");
        }
        if ((long) count * capacity > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a group of " + count + " agents with a capacity of " + capacity
                    + " takes more than " + Integer.MAX_VALUE + " tasks, expected several groups instead");
        }
    }

    /** One agent. */
    public static AgentGroup single(Capabilities capabilities, int capacity) {
        return new AgentGroup(capabilities, 1, capacity);
    }
}
