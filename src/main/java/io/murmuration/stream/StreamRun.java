package io.murmuration.stream;

import io.murmuration.summary.Latency;
import io.murmuration.summary.StreamSeries;

/**
 * What a stream did from its last start to its end.
 *
 * @param batches micro-batches that were done
 * @param rows that came in
 * @param latency from the arrival of a row to its result
 * @param series of the micro-batches
 */
public record StreamRun(long batches, long rows, Latency latency, StreamSeries series) {}
