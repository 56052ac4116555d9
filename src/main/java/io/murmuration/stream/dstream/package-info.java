/**
 * The same inference over a folder of JSON lines on DStreams, for clusters that still run them.
 *
 * <p>{@link io.murmuration.stream.dstream.ArrivingRows} brings what has arrived, keyed by state partition; {@link
 * io.murmuration.stream.dstream.PartitionUpdate} runs in {@code mapWithState}, over a snapshot of the partition's agents;
 * {@link io.murmuration.stream.dstream.DStreamDriver} puts what the tasks have written in place. What a DStream's checkpoint
 * holds is the shape of the computation and the state, no more: {@link io.murmuration.stream.dstream.DriverLink} ties it to the
 * driver's side, which every start makes anew. Which files a micro-batch took is kept in {@link
 * io.murmuration.stream.dstream.MicroBatchBooks}, since Spark writes its checkpoints while micro-batches run.
 */
package io.murmuration.stream.dstream;
