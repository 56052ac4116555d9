package io.murmuration.stream.dstream;

import io.murmuration.stream.StreamWork;
import java.io.Serializable;
import java.util.ArrayList;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * What a micro-batch brings to a state partition. It tells the task what to do, so that this is what the driver was started
 * with, and not what a checkpoint holds.
 *
 * @param work that is done
 * @param rows as the kernels take them
 */
record Arrivals(Broadcast<StreamWork> work, ArrayList<UnsafeRow> rows) implements Serializable {}
