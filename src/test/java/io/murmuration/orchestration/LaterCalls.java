package io.murmuration.orchestration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs what it was given when a test says so, in the test's thread. */
final class LaterCalls implements Executor {
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable command) {
        waiting.addLast(command);
    }

    /** Runs the first of those that wait; false if there is none. */
    boolean runOne() {
        Runnable first = waiting.pollFirst();
        if (first != null) {
            first.run();
        }
        return first != null;
    }

    /** Runs all that wait, and what comes of them. */
    void runAll() {
        while (runOne()) {}
    }
}
