package io.murmuration.orchestration;

import java.util.concurrent.RejectedExecutionException;

/** What became of a request. */
public sealed interface Submission {
    /** It is a task now, and will end. */
    record Accepted(long task) implements Submission {
        @Override
        public long orThrow() {
            return task;
        }
    }

    /** It is no task, and nothing is kept of it. */
    record Refused(String reason) implements Submission {
        @Override
        public long orThrow() {
            throw new RejectedExecutionException(reason);
        }
    }

    /**
     * The id of the task.
     *
     * @throws RejectedExecutionException if it was refused, with the reason
     */
    long orThrow();
}
