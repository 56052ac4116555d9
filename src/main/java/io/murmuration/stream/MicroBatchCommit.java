package io.murmuration.stream;

import io.murmuration.batch.OutputTables;
import io.murmuration.batch.TaskEnd;
import io.murmuration.stream.delivery.Deliveries;
import java.time.Instant;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;

/**
 * Puts what the tasks of a micro-batch have written in place, tells of it, and has what is in place delivered. Runs on the
 * driver.
 */
final class MicroBatchCommit implements VoidFunction2<Dataset<byte[]>, Long> {
    private static final long serialVersionUID = 1L;
    private final transient MicroBatchPlacement placement;
    private final transient StopRequest stop;
    private final transient StreamWatch watch;
    private final transient Deliveries deliveries;
    private transient int begun;

    MicroBatchCommit(MicroBatchPlacement placement, StopRequest stop, StreamWatch watch, Deliveries deliveries) {
        this.placement = placement;
        this.stop = stop;
        this.watch = watch;
        this.deliveries = deliveries;
    }

    @Override
    public void call(Dataset<byte[]> ends, Long batch) throws InterruptedException {
        stop.begin(batch);
        if (++begun == 2) {
            // Spark's books have the first one from here, so that nobody else is at work.
            placement.folder().removeLeftWork();
        }
        long start = System.nanoTime();
        List<MicroBatchPart> parts = ends.collectAsList().stream()
                .map(end -> TaskEnd.result(end, MicroBatchPart.class))
                .toList();
        StreamCounts counts = placement.put(batch, parts);
        watch.placed(
                batch,
                parts,
                counts,
                placement.progress().total().counts(),
                Instant.now(),
                (System.nanoTime() - start) / 1e9);
        placement.folder().clear();
        if (parts.stream().anyMatch(part -> part.tables().contains(OutputTables.RESULTS))) {
            deliveries.deliver(batch);
        }
    }
}
