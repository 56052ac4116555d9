package io.murmuration.batch;

import io.murmuration.summary.RunStatistics;
import java.util.List;
import java.util.Map;

/**
 * What a batch did: sums over what was committed.
 *
 * @param rowsRead rows of observations
 * @param rowsWritten rows of results; 0 where too many rows were rejected
 * @param duplicates rows that were equal to another
 * @param rowsInserted missing observations that were put into gaps
 * @param rejected rows rejected, by code
 * @param agents agents that have results or a state
 * @param tasks a report a partition
 * @param statistics of the results, a state a model in the fleet's order
 * @param committed whether there are results
 */
public record BatchOutcome(
        long rowsRead,
        long rowsWritten,
        long duplicates,
        long rowsInserted,
        Map<String, Long> rejected,
        long agents,
        List<TaskReport> tasks,
        List<RunStatistics> statistics,
        boolean committed) {

    /** Rows rejected, for whatever reason. */
    public long rowsRejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
