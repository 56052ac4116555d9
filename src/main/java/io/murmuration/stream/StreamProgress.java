package io.murmuration.stream;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Findings;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.TaskEnd;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

/**
 * What became of all rows so far and what was found in the results, kept in the output folder, a record a micro-batch: one
 * that is done again after a failure counts from the record of the one before it, so that nothing is counted twice.
 */
public final class StreamProgress {
    private static final String FOLDER = ".progress";
    private static final String ENDING = ".record";

    private final OutputFolder folder;
    private final int models;
    private long batch;
    private Total total;

    /**
     * All micro-batches together.
     *
     * @param counts what became of rows
     * @param findings in results
     */
    public record Total(StreamCounts counts, Findings findings) implements Serializable {}

    private StreamProgress(OutputFolder folder, int models, long batch) {
        this.folder = folder;
        this.models = models;
        this.batch = batch;
        total = read(batch);
    }

    /**
     * The progress that the output folder tells of.
     *
     * @param models how many there are
     */
    public static StreamProgress of(OutputFolder folder, int models) {
        long latest = folder.names(FOLDER).stream()
                .filter(name -> name.endsWith(ENDING))
                .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf(ENDING))))
                .max()
                .orElse(-1);
        return new StreamProgress(folder, models, latest);
    }

    private static String name(long batch) {
        return FOLDER + "/" + batch + ENDING;
    }

    private Total read(long of) {
        if (of < 0) {
            return new Total(StreamCounts.NONE, Findings.none(models));
        }
        String text = folder.read(name(of))
                .orElseThrow(() -> new IllegalStateException("The record " + folder.show(name(of)) + " is not there"));
        try {
            return TaskEnd.result(Base64.getMimeDecoder().decode(text), Total.class);
        } catch (IllegalArgumentException | UncheckedIOException | ClassCastException e) {
            throw new CallerException("The stream's record " + folder.show(name(of)) + " is torn (" + text.length()
                    + " characters), expected the file as the stream left it");
        }
    }

    public Total total() {
        return total;
    }

    /** The last micro-batch that was recorded; −1 before the first. */
    public long batch() {
        return batch;
    }

    /** Adds a micro-batch, maybe once more. */
    void record(long done, StreamCounts counts, List<Findings> findings) {
        Total before = done == batch + 1 ? total : read(done - 1);
        findings.forEach(before.findings()::merge);
        total = new Total(before.counts().plus(counts), before.findings());
        batch = done;
        folder.write(name(done), Base64.getMimeEncoder().encodeToString(new TaskEnd.Done<>(total).toBytes()));
        folder.removeAll(List.of(name(done - 2)));
    }
}
