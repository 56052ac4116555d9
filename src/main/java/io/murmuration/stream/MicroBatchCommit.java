package io.murmuration.stream;

import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.OutputTables;
import io.murmuration.batch.SideTables;
import io.murmuration.batch.TaskEnd;
import io.murmuration.stream.delivery.Deliveries;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;

/**
 * Puts what the tasks of a micro-batch have written in place: a folder a table, at once, the results last. A micro-batch
 * that is done again after a failure writes the same rows, so that what it finds in place may stay. What is in place is
 * delivered. Runs on the driver.
 */
final class MicroBatchCommit implements VoidFunction2<Dataset<byte[]>, Long> {
    private static final long serialVersionUID = 1L;
    private static final List<String> TABLES = List.of(
            StreamTables.LATE, StreamTables.ALERTS, StreamTables.EVICTED, SideTables.REJECTED, OutputTables.RESULTS);

    private final transient StreamTables tables;
    private final int statePartitions;
    private final transient OutputFolder folder;
    private final transient StreamProgress progress;
    private final transient StopRequest stop;
    private final transient StreamWatch watch;
    private final transient Deliveries deliveries;
    private transient int begun;

    MicroBatchCommit(
            StreamTables tables,
            int statePartitions,
            OutputFolder folder,
            StreamProgress progress,
            StopRequest stop,
            StreamWatch watch,
            Deliveries deliveries) {
        this.tables = tables;
        this.statePartitions = statePartitions;
        this.folder = folder;
        this.progress = progress;
        this.stop = stop;
        this.watch = watch;
        this.deliveries = deliveries;
    }

    @Override
    public void call(Dataset<byte[]> ends, Long batch) throws InterruptedException {
        stop.begin(batch);
        if (++begun == 2) {
            // Spark's books have the first one from here, so that nobody else is at work.
            folder.removeLeftWork();
        }
        long start = System.nanoTime();
        List<MicroBatchPart> parts = ends.collectAsList().stream()
                .map(end -> TaskEnd.result(end, MicroBatchPart.class))
                .toList();
        Set<String> written = new HashSet<>();
        if (batch == 0) {
            String empty = folder.work() + "/empty";
            written.addAll(gather(empty, tables.writeEmpty(empty, statePartitions)));
        }
        parts.forEach(part -> written.addAll(gather(part.attempt(), part.tables())));
        StreamCounts counts = parts.stream().map(MicroBatchPart::counts).reduce(StreamCounts.NONE, StreamCounts::plus);
        if (!counts.accountForAll()) {
            throw new IllegalStateException("Rows were lost or doubled in micro-batch " + batch + ": " + counts);
        }
        progress.record(
                batch, counts, parts.stream().map(MicroBatchPart::findings).toList());
        for (String table : TABLES) {
            if (written.contains(table)) {
                folder.placeOnce(table, table + "/batch_id=" + batch);
            }
        }
        watch.placed(batch, parts, counts, progress.total().counts(), Instant.now(), (System.nanoTime() - start) / 1e9);
        folder.clear();
        if (parts.stream().anyMatch(part -> part.tables().contains(OutputTables.RESULTS))) {
            deliveries.deliver(batch);
        }
    }

    private List<String> gather(String attempt, List<String> names) {
        names.forEach(table -> folder.gather(attempt, table));
        return names;
    }
}
