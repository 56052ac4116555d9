package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.orchestration.assignment.Requirements;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be done, by whom, and until when.
 *
 * @param name of the kind of task, for people and for the agent
 * @param payload what the agent works on: observations, a question; copied when the task is submitted, and read only from then on
 * @param requirements what an agent must, or should, be able to do
 * @param priority higher goes first; may be below 0
 * @param agent the one agent that may have it, if it is pinned
 * @param deadline when it expires unless it ended; none: it waits as long as it takes
 * @param timeLimit of one attempt, from its assignment on, above 0; none: that of the orchestrator
 * @param attempts how many of them may fail before the task has, at least 1; those that an agent left before it began are not
 *     counted
 */
public record TaskRequest(
        String name,
        JsonNode payload,
        Requirements requirements,
        int priority,
        Optional<String> agent,
        Optional<Instant> deadline,
        Optional<Duration> timeLimit,
        int attempts) {
    private static final int DEFAULT_ATTEMPTS = 3;

    /** @throws IllegalArgumentException if a time limit or the number of attempts is not above 0 */
    public TaskRequest {
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    "task '" + name + "' has " + attempts + " attempts, expected at least 1");
        }
        if (timeLimit.isPresent()
                && (timeLimit.get().isNegative() || timeLimit.get().isZero())) {
            throw new IllegalArgumentException(
                    "task '" + name + "' has a time limit of " + timeLimit.get() + ", expected one above 0");
        }
    }

    /** A task for any agent, of priority 0, without a deadline, with three attempts. */
    public static TaskRequest of(String name, JsonNode payload) {
        return new TaskRequest(
                name,
                payload,
                Requirements.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DEFAULT_ATTEMPTS);
    }

    public TaskRequest withRequirements(Requirements all) {
        return new TaskRequest(name, payload, all, priority, agent, deadline, timeLimit, attempts);
    }

    public TaskRequest withPriority(int level) {
        return new TaskRequest(name, payload, requirements, level, agent, deadline, timeLimit, attempts);
    }

    /** Pinned to an agent, which need not be registered yet. */
    public TaskRequest pinnedTo(String id) {
        return new TaskRequest(name, payload, requirements, priority, Optional.of(id), deadline, timeLimit, attempts);
    }

    public TaskRequest withDeadline(Instant at) {
        return new TaskRequest(name, payload, requirements, priority, agent, Optional.of(at), timeLimit, attempts);
    }

    public TaskRequest withTimeLimit(Duration limit) {
        return new TaskRequest(name, payload, requirements, priority, agent, deadline, Optional.of(limit), attempts);
    }

    public TaskRequest withAttempts(int most) {
        return new TaskRequest(name, payload, requirements, priority, agent, deadline, timeLimit, most);
    }

    /** One that whoever made this one cannot change any more. */
    TaskRequest copied() {
        return new TaskRequest(name, payload.deepCopy(), requirements, priority, agent, deadline, timeLimit, attempts);
    }
}
