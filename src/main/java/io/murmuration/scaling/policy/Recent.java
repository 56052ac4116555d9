package io.murmuration.scaling.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.DoubleStream;

/** The values of the last while, both ends included. */
final class Recent {
    private final Duration span;
    private final Deque<Entry> entries = new ArrayDeque<>();

    /** The first value since there was none. */
    private Instant begun = Instant.MIN;

    private record Entry(Instant at, double value) {}

    Recent(Duration span) {
        this.span = span;
    }

    void add(Instant at, double value) {
        if (entries.isEmpty()) {
            begun = at;
        }
        entries.addLast(new Entry(at, value));
        Instant oldest = at.minus(span);
        while (entries.getFirst().at().isBefore(oldest)) {
            entries.removeFirst();
        }
    }

    void clear() {
        entries.clear();
    }

    /** Whether values were taken in for the whole while; ticks need not fall on its ends. */
    boolean isFull() {
        return !entries.isEmpty() && !begun.plus(span).isAfter(entries.getLast().at());
    }

    DoubleStream values() {
        return entries.stream().mapToDouble(Entry::value);
    }

    double first() {
        return entries.getFirst().value();
    }
}
