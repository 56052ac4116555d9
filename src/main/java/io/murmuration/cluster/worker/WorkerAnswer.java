package io.murmuration.cluster.worker;

import java.io.Serializable;
import java.util.List;

/**
 * What a worker sends back.
 *
 * @param worker Spark's id of the executor
 * @param outputs in the order of the runs
 * @param nanoseconds that it worked
 */
public record WorkerAnswer(String worker, List<RunOutput> outputs, long nanoseconds) implements Serializable {}
