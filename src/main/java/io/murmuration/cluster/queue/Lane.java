package io.murmuration.cluster.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** The lines that are ready to go and whose tasks came in one of the two ways, alone or with a batch. */
final class Lane {
    private final TreeSet<AgentLine> byUrgency = new TreeSet<>(AgentLine.BY_URGENCY);
    private final TreeSet<AgentLine> byAge = new TreeSet<>(AgentLine.BY_AGE);
    private int tasks;
    private int inFlight;

    void add(AgentLine line) {
        byUrgency.add(line);
        byAge.add(line);
        tasks += line.size();
    }

    void remove(AgentLine line) {
        byUrgency.remove(line);
        byAge.remove(line);
        tasks -= line.size();
    }

    boolean isEmpty() {
        return byUrgency.isEmpty();
    }

    AgentLine mostUrgent() {
        return byUrgency.first();
    }

    /** Whether there is enough for a micro-batch, or the oldest has waited enough. */
    boolean isDue(Instant now, int size, Duration age) {
        return !isEmpty() && (tasks >= size || !dueAt(age).orElseThrow().isAfter(now));
    }

    /** When the oldest will have waited enough. */
    Optional<Instant> dueAt(Duration age) {
        return isEmpty()
                ? Optional.empty()
                : Optional.of(byAge.first().first().submitted().plus(age));
    }

    int inFlight() {
        return inFlight;
    }

    void addInFlight(int change) {
        inFlight += change;
    }
}
