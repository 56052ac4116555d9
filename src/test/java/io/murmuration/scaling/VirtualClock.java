package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes where a test sets it. */
final class VirtualClock implements InstantSource {
    /** A Monday, 12:00 UTC. */
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private Instant now = NOON;

    @Override
    public Instant instant() {
        return now;
    }

    void set(Instant moment) {
        now = moment;
    }

    Instant advance(Duration duration) {
        now = now.plus(duration);
        return now;
    }

    Instant advanceSeconds(long seconds) {
        return advance(Duration.ofSeconds(seconds));
    }
}
