package io.murmuration.orchestration;

/** An agent cannot do any task any more, and did not begin the one that it was called with. */
public final class AgentGoneException extends Exception {
    private static final long serialVersionUID = 1;

    public AgentGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
