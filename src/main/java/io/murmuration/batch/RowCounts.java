package io.murmuration.batch;

import java.io.Serializable;
import java.util.Map;

/**
 * What was read and written, of a task or of all.
 *
 * @param read rows that came in, states not among them
 * @param written rows of results
 * @param duplicates rows equal to another
 * @param inserted missing observations put into gaps
 * @param rejectedByCode rows rejected, by code
 * @param agents agents that have results or a state
 */
public record RowCounts(
        long read, long written, long duplicates, long inserted, Map<String, Long> rejectedByCode, long agents)
        implements Serializable {
    static final RowCounts NONE = new RowCounts(0, 0, 0, 0, Map.of(), 0);

    /** Rows rejected, for whatever reason. */
    public long rejected() {
        return rejectedByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    RowCounts plus(RowCounts other) {
        return new RowCounts(
                read + other.read,
                written + other.written,
                duplicates + other.duplicates,
                inserted + other.inserted,
                Rejection.sum(rejectedByCode, other.rejectedByCode),
                agents + other.agents);
    }

    /** The same, but nothing is written after all. */
    RowCounts withoutResults() {
        return new RowCounts(read, 0, duplicates, inserted, rejectedByCode, agents);
    }
}
