package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;

/** Whether ticks follow each other as they should: tells a clock that was set back, and one that leapt ahead. */
final class Continuity {
    /** How a tick follows the one before. */
    enum Next {
        IN_ORDER,
        BACK,
        LEAP
    }

    private final Duration longestGap;
    private Instant last;

    Continuity(Duration longestGap) {
        this.longestGap = longestGap;
    }

    /** Takes in the time of the next tick, later or earlier than the last; time goes on from there. */
    Next next(Instant at) {
        Instant before = last;
        last = at;
        if (before == null) {
            return Next.IN_ORDER;
        }
        if (at.isBefore(before)) {
            return Next.BACK;
        }
        return Duration.between(before, at).compareTo(longestGap) > 0 ? Next.LEAP : Next.IN_ORDER;
    }
}
