package io.murmuration.orchestration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How an orchestrator stands at an instant. At each instant, as many tasks were accepted as there are in all states together.
 *
 * @param accepted tasks, in all
 * @param refused requests, in all
 * @param tasks by state, every state; those that ended in all, whether they are kept or not
 * @param requeues how often a task went back to the queue
 * @param lateAnswers that came after their attempts were over
 * @param rounds of assignment
 * @param agents those that are registered, in the order of ids, then the last ones that departed
 */
public record OrchestratorStatus(
        Instant at,
        long accepted,
        long refused,
        Map<TaskState, Long> tasks,
        long requeues,
        long lateAnswers,
        long rounds,
        List<AgentView> agents) {
    /** Tasks in a state. */
    public long in(TaskState state) {
        return tasks.get(state);
    }

    /** Tasks that have ended. */
    public long ended() {
        return in(TaskState.COMPLETED) + in(TaskState.FAILED) + in(TaskState.EXPIRED);
    }
}
