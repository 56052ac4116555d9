package io.murmuration.batch;

import io.murmuration.summary.RunStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a task tells the driver when it has written a partition. Only the attempt that succeeded is heard, so that what is
 * counted is what was committed.
 *
 * @param partition its index
 * @param attempt folder that holds its files
 * @param rowsRead rows that came in, states not among them
 * @param rowsWritten rows of results
 * @param duplicates rows equal to another
 * @param rowsInserted missing observations put into gaps
 * @param rejected rows rejected, by code
 * @param agents agents that ended here
 * @param seconds from the first row to the closing of the files
 * @param tables tables with a file in the attempt's folder
 * @param statistics of the results, a state a model
 * @param population summed increments by model, where counts are learned by the population
 */
public record TaskReport(
        int partition,
        String attempt,
        long rowsRead,
        long rowsWritten,
        long duplicates,
        long rowsInserted,
        Map<String, Long> rejected,
        long agents,
        double seconds,
        List<String> tables,
        List<RunStatistics> statistics,
        TreeMap<Integer, IncrementSums> population)
        implements TaskEnd {}
