package io.murmuration.batch;

import io.murmuration.summary.RunSummary;
import java.util.List;

/**
 * What a batch did: sums over what was committed.
 *
 * @param counts of rows; 0 written where too many were rejected
 * @param tasks a report a partition
 * @param summaries of the results, one a model in the fleet's order
 * @param committed whether there are results
 */
public record BatchOutcome(RowCounts counts, List<TaskReport> tasks, List<RunSummary> summaries, boolean committed) {}
