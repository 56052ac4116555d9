package io.murmuration.stream;

import io.murmuration.batch.Rejection;
import java.io.Serializable;
import java.util.Map;

/**
 * What became of the rows of a stream, of a part of it or of all. Every row that was read is accounted for: {@code read =
 * written − inserted + late + rejected + duplicates + held}.
 *
 * @param read rows that came in
 * @param written rows of results
 * @param inserted missing observations put into gaps, which have results as well
 * @param late rows that came after a later one of their agent had been inferred
 * @param rejectedByCode rows rejected, by code
 * @param duplicates rows equal to another
 * @param held rows that wait for the watermark; of a part, how many more than before
 * @param alerts rows written that surprised their agent beyond its threshold
 * @param evicted agents let go because they were idle
 */
public record StreamCounts(
        long read,
        long written,
        long inserted,
        long late,
        Map<String, Long> rejectedByCode,
        long duplicates,
        long held,
        long alerts,
        long evicted)
        implements Serializable {
    static final StreamCounts NONE = new StreamCounts(0, 0, 0, 0, Map.of(), 0, 0, 0, 0);

    /** Whether every row that was read is accounted for. */
    boolean accountForAll() {
        return read == written - inserted + late + rejected() + duplicates + held;
    }

    /** Rows rejected, for whatever reason. */
    public long rejected() {
        return rejectedByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    StreamCounts plus(StreamCounts other) {
        return new StreamCounts(
                read + other.read,
                written + other.written,
                inserted + other.inserted,
                late + other.late,
                Rejection.sum(rejectedByCode, other.rejectedByCode),
                duplicates + other.duplicates,
                held + other.held,
                alerts + other.alerts,
                evicted + other.evicted);
    }
}
