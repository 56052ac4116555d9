package io.murmuration.orchestration;

/** What is known of a task. */
public sealed interface TaskLookup {
    /** It is open, or ended not long ago. */
    record Known(TaskView task) implements TaskLookup {}

    /** It was accepted and has ended, so long ago that nothing else is kept. */
    record NoLongerKept(long task) implements TaskLookup {}

    /** No such task was ever accepted. */
    record NeverKnown(long task) implements TaskLookup {}
}
