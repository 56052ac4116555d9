package io.murmuration.scaling.spark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stops asking for executors that die as soon as they are there, over and over: opens after a number of failed launches
 * within a window, closes after a pause, and after that opens at the first failure until a launch has succeeded.
 */
final class LaunchBreaker {
    private final int limit;
    private final Duration window;
    private final Duration pause;
    private final Deque<Instant> failures = new ArrayDeque<>();
    private Instant openUntil = Instant.MIN;
    private boolean onTrial;
    private String lastReason = "";

    /**
     * @param limit failed launches that open it
     * @param window within which they count
     * @param pause for which it stays open
     */
    LaunchBreaker(int limit, Duration window, Duration pause) {
        this.limit = limit;
        this.window = window;
        this.pause = pause;
    }

    /** Takes in a failed launch; returns whether that opened it. */
    boolean failed(Instant at, String reason) {
        if (isOpen(at)) {
            return false;
        }
        lastReason = reason;
        failures.addLast(at);
        while (failures.getFirst().isBefore(at.minus(window))) {
            failures.removeFirst();
        }
        if (!onTrial && failures.size() < limit) {
            return false;
        }
        openUntil = at.plus(pause);
        onTrial = true;
        failures.clear();
        return true;
    }

    /** Takes in that an executor lives that was launched at that time; after the pause, that counts as a success. */
    void lives(Instant launchedAt) {
        if (!launchedAt.isBefore(openUntil)) {
            onTrial = false;
        }
    }

    boolean isOpen(Instant now) {
        return now.isBefore(openUntil);
    }

    /** Why it opened last, in a sentence. */
    String reason() {
        return "executors fail as soon as they start, the last one with \"" + lastReason
                + "\": none are asked for until " + openUntil;
    }
}
