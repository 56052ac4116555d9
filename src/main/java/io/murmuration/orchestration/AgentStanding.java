package io.murmuration.orchestration;

/** How an agent stands. */
public enum AgentStanding {
    /** Registered, and has no task. */
    IDLE,
    /** Has tasks, and takes more. */
    BUSY,
    /** Has as many tasks as it takes. */
    FULL,
    /** Was taken off the register. */
    LEFT,
    /** Was not heard from in time, or said that it can do nothing any more. */
    LOST
}
