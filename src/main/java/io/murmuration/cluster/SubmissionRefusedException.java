package io.murmuration.cluster;

/** A task was not taken: it has no id, and nothing of it is kept. The message says why, in a sentence. */
public final class SubmissionRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a task is not taken. */
    public enum Reason {
        /** As many tasks as may be have no end yet: it can be tried again when some have. */
        QUEUE_FULL,
        /** There are as many agents as may be, and this is another one. */
        TOO_MANY_AGENTS,
        /** No such model is registered. */
        UNKNOWN_MODEL,
        /** No observation of the model looks like that. */
        BAD_OBSERVATION,
        /** The task could not be written into the journal. */
        JOURNAL,
        /** The cluster takes no tasks any more. */
        STOPPED
    }

    private final Reason reason;

    SubmissionRefusedException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
