package io.murmuration.scaling.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The values of the last while, both ends included. */
final class Recent {
    private final Duration span;
    private final List<Entry> entries = new ArrayList<>();

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
        entries.add(new Entry(at, value));
        Instant oldest = at.minus(span);
        while (entries.get(0).at().isBefore(oldest)) {
            entries.remove(0);
        }
    }

    /** Dates all values anew: when they were taken in cannot be told any more. */
    void date(Instant now) {
        entries.replaceAll(entry -> new Entry(now, entry.value()));
        begun = now;
    }

    void clear() {
        entries.clear();
    }

    /** Whether values were taken in for the whole while; ticks need not fall on its ends. */
    boolean isFull() {
        return !entries.isEmpty()
                && !begun.plus(span).isAfter(entries.get(entries.size() - 1).at());
    }

    DoubleStream values() {
        return entries.stream().mapToDouble(Entry::value);
    }

    double first() {
        return entries.get(0).value();
    }
}
