package io.murmuration.scaling;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The latest decisions that were carried out, or would have been, oldest first; bounded. Decisions to hold are not kept. */
final class ScalingHistory {
    private final int most;
    private final Deque<ScalingRecord> records = new ArrayDeque<>();

    /** @param most records that are kept */
    ScalingHistory(int most) {
        this.most = most;
    }

    void add(ScalingRecord record) {
        records.addLast(record);
        if (records.size() > most) {
            records.removeFirst();
        }
    }

    /** What became of a decision, if that is known. */
    Optional<ScalingOutcome> outcomeOf(ScalingDecision decision) {
        for (Iterator<ScalingRecord> latest = records.descendingIterator(); latest.hasNext(); ) {
            ScalingRecord record = latest.next();
            if (record.decision().equals(decision)) {
                return Optional.of(record.outcome());
            }
        }
        return Optional.empty();
    }

    List<ScalingRecord> since(Instant moment) {
        return records.stream()
                .filter(record -> !record.decision().at().isBefore(moment))
                .toList();
    }
}
