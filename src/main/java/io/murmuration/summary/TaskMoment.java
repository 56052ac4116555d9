package io.murmuration.summary;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where all tasks stood at one moment.
 *
 * @param at the moment
 * @param waiting tasks that nobody had begun
 * @param running tasks that were under way
 * @param ended tasks that had ended since the beginning, by how: {@code succeeded}, {@code failed} …
 */
public record TaskMoment(Instant at, long waiting, long running, SortedMap<String, Long> ended) {
    public TaskMoment {
        ended = Collections.unmodifiableSortedMap(new TreeMap<>(ended));
    }

    /** Tasks that had not ended. */
    public long open() {
        return waiting + running;
    }

    /** Which of both shows more: the one with more tasks open, for a queue that was long must not be lost; else the later. */
    TaskMoment orBusier(TaskMoment next) {
        return open() > next.open() ? this : next;
    }
}
