package io.murmuration.cluster;

import java.time.Instant;
import java.time.InstantSource;

/** Tells the time that the system had at the beginning, and what has passed since: nobody can set it. */
public final class SteadyClock implements InstantSource {
    private final Instant start = Instant.now();
    private final long nanoseconds = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - nanoseconds);
    }
}
