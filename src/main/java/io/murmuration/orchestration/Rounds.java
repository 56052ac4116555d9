package io.murmuration.orchestration;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** When a round is due, and the last ones that were held. Not safe for use by several threads. */
final class Rounds {
    private final RoundTiming timing;
    private final int kept;
    private final Deque<Round> last = new ArrayDeque<>();
    private Optional<Instant> changed = Optional.empty();
    private int arrivals;
    private long begun;

    Rounds(RoundTiming timing, int kept) {
        this.timing = timing;
        this.kept = kept;
    }

    /** A task came into the queue. */
    void queued(Instant now) {
        arrivals++;
        changed(now);
    }

    /** More may be assigned than before. */
    void changed(Instant now) {
        if (changed.isEmpty()) {
            changed = Optional.of(now);
        }
    }

    /** When the next round is due, if anything changed since the last one. */
    Optional<Instant> due() {
        return changed.map(at -> arrivals >= timing.size() ? at : at.plus(timing.age()));
    }

    /** All that changed until now has been considered. */
    void considered() {
        changed = Optional.empty();
        arrivals = 0;
    }

    /** The number of a round that begins. */
    long begin() {
        return ++begun;
    }

    void held(Round round) {
        last.addLast(round);
        if (last.size() > kept) {
            last.removeFirst();
        }
    }

    long begun() {
        return begun;
    }

    List<Round> last() {
        return new ArrayList<>(last);
    }
}
