package io.murmuration.scaling.spark;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Metric.Unit;

/** What is measured of a Spark application beside the metrics that every system has. */
public final class SparkMetrics {
    /** Garbage collection over the time of the executors' processes. */
    public static final Metric GC_SHARE = new Metric("gc_share", Unit.SHARE);
    /** Bytes that tasks wrote to disk for want of memory. */
    public static final Metric SPILL = new Metric("spill_bytes_per_second", Unit.BYTES_PER_SECOND);
    /** Time that tasks waited for shuffle blocks over their run time. */
    public static final Metric SHUFFLE_WAIT = new Metric("shuffle_wait_share", Unit.SHARE);
    /** Executors that take no more tasks and are not gone yet. */
    public static final Metric LEAVING_INSTANCES = new Metric("leaving_instances", Unit.COUNT);
    /** Rows that arrive at all streaming queries. */
    public static final Metric STREAM_INPUT = new Metric("stream_input_rows_per_second", Unit.PER_SECOND);
    /** Rows that all streaming queries could do, by their last trigger. */
    public static final Metric STREAM_PROCESSED = new Metric("stream_processed_rows_per_second", Unit.PER_SECOND);
    /** Rows that have arrived and were not read by the last trigger, of sources that tell. */
    public static final Metric STREAM_BACKLOG = new Metric("stream_backlog_rows", Unit.COUNT);
    /** What the slowest query's last trigger took: input that arrives meanwhile waits so long. */
    public static final Metric STREAM_DELAY = new Metric("stream_trigger_delay_ms", Unit.MILLISECONDS);

    private SparkMetrics() {}
}
