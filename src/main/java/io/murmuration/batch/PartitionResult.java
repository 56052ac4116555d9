package io.murmuration.batch;

import java.io.Serializable;

/**
 * What a task tells of the partition that it has written.
 *
 * @param report of the partition
 * @param findings in its results
 */
record PartitionResult(TaskReport report, Findings findings) implements Serializable {}
