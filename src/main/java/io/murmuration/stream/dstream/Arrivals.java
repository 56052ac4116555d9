package io.murmuration.stream.dstream;

import io.murmuration.stream.StreamWork;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * What a micro-batch brings to a state partition, made in the task that takes it. It tells what to do, so that this is what the
 * driver was started with, and not what a checkpoint holds.
 *
 * @param work that is done
 * @param rows as the kernels take them
 */
record Arrivals(StreamWork work, List<UnsafeRow> rows) {}
