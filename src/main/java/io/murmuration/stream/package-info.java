/**
 * Inference over observations that keep arriving, on Structured Streaming.
 *
 * <p>Follow an observation: a {@link io.murmuration.stream.source.StreamSource} opens an unbounded table, {@link
 * io.murmuration.stream.StatePartitions} says which state partition keeps its agent; there {@link
 * io.murmuration.stream.AgentProcessor} puts the rows of a micro-batch, with where their agents stand, through the same
 * {@link io.murmuration.batch.PartitionInference} as the batch job, a block at a time; a {@link
 * io.murmuration.stream.MicroBatchWriter} writes the tables into a folder of the attempt, and {@link
 * io.murmuration.stream.MicroBatchCommit} puts those of the attempts that succeeded in place.
 */
package io.murmuration.stream;
