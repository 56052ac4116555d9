package io.murmuration.orchestration;

/** Is told of everything that happens. */
@FunctionalInterface
public interface OrchestrationListener {
    /**
     * Called for one event after the other, in their order, while the orchestrator waits: it should be quick, and must not call the
     * orchestrator. What it throws goes to the thread's handler of uncaught exceptions, and changes nothing.
     */
    void on(OrchestrationEvent event);
}
