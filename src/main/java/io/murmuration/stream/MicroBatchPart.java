package io.murmuration.stream;

import io.murmuration.batch.Findings;
import io.murmuration.stream.agent.ArrivalTimes;
import java.io.Serializable;
import java.util.List;

/**
 * What a task tells of its part of a micro-batch.
 *
 * @param attempt folder that holds its files
 * @param tables tables with a file there
 * @param counts what became of its rows
 * @param findings in its results
 * @param arrivals when the rows that were inferred had come
 */
public record MicroBatchPart(
        String attempt, List<String> tables, StreamCounts counts, Findings findings, ArrivalTimes arrivals)
        implements Serializable {}
