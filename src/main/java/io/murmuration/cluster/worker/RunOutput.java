package io.murmuration.cluster.worker;

import io.murmuration.cluster.task.InferredStep;
import java.io.Serializable;
import java.util.List;

/**
 * What was inferred from a {@link RunInput}.
 *
 * @param steps one an observation
 * @param state what it takes to go on with the agent
 * @param nanoseconds that an observation of its block took
 */
public record RunOutput(List<InferredStep> steps, byte[] state, long nanoseconds) implements Serializable {}
