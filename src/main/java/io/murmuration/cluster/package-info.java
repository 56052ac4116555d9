/**
 * Inference tasks submitted one by one to a Spark cluster: {@link io.murmuration.cluster.InferenceCluster} takes them,
 * {@link io.murmuration.cluster.queue} gathers them into micro-batches, {@link io.murmuration.cluster.worker} does them, and
 * {@link io.murmuration.cluster.journal} keeps them.
 */
package io.murmuration.cluster;
