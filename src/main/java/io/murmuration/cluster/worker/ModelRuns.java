package io.murmuration.cluster.worker;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Agents of one model.
 *
 * @param model which
 * @param runs of agents that differ
 */
public record ModelRuns(Broadcast<WorkerModel> model, List<RunInput> runs) implements Serializable {}
