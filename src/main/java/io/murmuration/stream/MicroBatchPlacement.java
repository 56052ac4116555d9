package io.murmuration.stream;

import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.OutputTables;
import io.murmuration.batch.SideTables;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts what the tasks of a micro-batch have written and puts it in place: a folder a table, at once, the results last. A
 * micro-batch that is done again after a failure writes the same rows, so that what it finds in place may stay.
 *
 * @param tables that are written
 * @param statePartitions into how many parts agents are divided
 * @param folder of the output
 * @param progress of the stream
 */
public record MicroBatchPlacement(
        StreamTables tables, int statePartitions, OutputFolder folder, StreamProgress progress) {
    private static final List<String> TABLES = List.of(
            StreamTables.LATE, StreamTables.ALERTS, StreamTables.EVICTED, SideTables.REJECTED, OutputTables.RESULTS);

    /**
     * Puts a micro-batch in place.
     *
     * @param batch its number
     * @param parts what the tasks tell
     * @return what became of its rows
     */
    public StreamCounts put(long batch, List<MicroBatchPart> parts) {
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
        return counts;
    }

    private List<String> gather(String attempt, List<String> names) {
        names.forEach(table -> folder.gather(attempt, table));
        return names;
    }
}
