package io.murmuration.batch;

import java.io.Serializable;
import java.util.List;

/**
 * What a task says of the partition that it has written. Only the attempt that succeeded is heard, so that what is counted
 * is what was committed.
 *
 * @param partition its index
 * @param attempt folder that holds its files
 * @param counts of its rows
 * @param seconds from the first row to the closing of the files
 * @param tables tables with a file in the attempt's folder
 */
public record TaskReport(int partition, String attempt, RowCounts counts, double seconds, List<String> tables)
        implements Serializable {}
