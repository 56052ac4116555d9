package io.murmuration.orchestration;

import java.time.Instant;
import java.util.Optional;

/** Something that happened, in the order in which it did. */
public sealed interface OrchestrationEvent {
    /** When it happened; never before that of an earlier event. */
    Instant at();

    /**
     * A task came into a state.
     *
     * @param from none where the task was accepted just now
     * @param attempt number of the last attempt, 0 before the first
     * @param agent that has the task now, or had it until now
     */
    record TaskMoved(
            Instant at,
            long task,
            Optional<TaskState> from,
            TaskState to,
            int attempt,
            Optional<String> agent,
            String reason)
            implements OrchestrationEvent {}

    /** A request was refused. */
    record RequestRefused(Instant at, String name, String reason) implements OrchestrationEvent {}

    /** An answer came after its attempt was over. */
    record AnswerLate(Instant at, Attempt attempt) implements OrchestrationEvent {}

    /** An agent was registered. */
    record AgentRegistered(Instant at, String agent, int limit) implements OrchestrationEvent {}

    /**
     * An agent is registered no more.
     *
     * @param standing {@link AgentStanding#LEFT} or {@link AgentStanding#LOST}
     */
    record AgentDeparted(Instant at, String agent, AgentStanding standing, String reason)
            implements OrchestrationEvent {}
}
