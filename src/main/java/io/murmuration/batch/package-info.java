/**
 * Batch inference on Spark: observations in, results out.
 *
 * <p>Follow an observation: {@link io.murmuration.batch.ObservationSource} reads a table and gives every row its key
 * (model, agent, time); rows are brought together by agent and sorted by time; in each partition {@link
 * io.murmuration.batch.PartitionInference} decodes rows ({@link io.murmuration.batch.RowDecoder}), settles duplicates
 * ({@link io.murmuration.batch.KeyedObservations}), forms runs of one agent's observations ({@link
 * io.murmuration.batch.ObservationBatch}) and puts blocks of agents through the kernel ({@link
 * io.murmuration.batch.BlockRunner}); what comes out goes to an {@link io.murmuration.batch.InferenceSink}, which writes
 * tables, or hands rows on as a Dataset.
 */
package io.murmuration.batch;
