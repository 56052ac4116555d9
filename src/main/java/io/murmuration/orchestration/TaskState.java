package io.murmuration.orchestration;

/** Where a task is: queued, assigned, running, and back to queued as often as an attempt fails; then ended, once and for good. */
public enum TaskState {
    /** Waits for an agent. */
    QUEUED,
    /** An agent has it, and has not begun. */
    ASSIGNED,
    /** An agent works on it. */
    RUNNING,
    /** Was answered. */
    COMPLETED,
    /** All attempts that it had failed, or the orchestrator was closed. */
    FAILED,
    /** Its deadline passed. */
    EXPIRED;

    /** Whether nothing can happen to the task any more. */
    public boolean isEnd() {
        return this == COMPLETED || this == FAILED || this == EXPIRED;
    }

    /** Whether an agent has the task. */
    public boolean isWithAgent() {
        return this == ASSIGNED || this == RUNNING;
    }
}
