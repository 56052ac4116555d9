package io.murmuration.stream;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import java.util.Optional;

/**
 * Where a stream lives: its checkpoint and its output, which belong together. Both hold the stream's record, the
 * checkpoint first.
 *
 * @param checkpoint folder of the checkpoint
 * @param output folder of the output
 */
public record StreamPlace(OutputFolder checkpoint, OutputFolder output) {
    private static final String RECORD = "stream.json";
    /** What Spark writes when a first micro-batch begins. */
    private static final String BEGUN = "offsets";
    /** What it writes when a micro-batch is done. */
    private static final String BOOKED = "commits";

    /**
     * The stream that lives here already.
     *
     * @throws CallerException if there is one, but checkpoint and output do not belong together
     */
    public Optional<StreamIdentity> resident() {
        Optional<StreamIdentity> kept = read(checkpoint);
        Optional<StreamIdentity> written = read(output);
        boolean fresh = checkpoint.names(BEGUN).isEmpty() && output.names("").isEmpty();
        if (kept.isEmpty() && written.isEmpty() && fresh && checkpoint.names("").isEmpty()) {
            return Optional.empty();
        }
        if (kept.isPresent()
                && (written.isEmpty()
                        ? fresh
                        : written.get().id().equals(kept.get().id()))) {
            return kept;
        }
        throw new CallerException("The checkpoint " + checkpoint.show("") + " and the output " + output.show("")
                + " do not belong together: expected both new, or both of one stream");
    }

    /** Whether a micro-batch has been done. */
    boolean hasDoneAny() {
        return lastBooked() >= 0;
    }

    private long lastBooked() {
        return checkpoint.names(BOOKED).stream()
                .filter(name -> name.matches("[0-9]+"))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(-1);
    }

    /**
     * Checks that both tell of the same micro-batches: the output is at most the one ahead that Spark was about to book.
     *
     * @param recorded the last micro-batch that the output tells of; −1 where there is none
     * @throws CallerException if one of the two is a copy that was made at another time
     */
    public void checkRecord(long recorded) {
        long booked = lastBooked();
        if (recorded != booked && recorded != booked + 1) {
            throw new CallerException("The checkpoint " + checkpoint.show("") + " ends " + after(booked)
                    + ", but the output " + output.show("") + " " + after(recorded)
                    + ": expected both as the stream left them");
        }
    }

    private static String after(long batch) {
        return batch < 0 ? "before the first micro-batch" : "after micro-batch " + batch;
    }

    private static Optional<StreamIdentity> read(OutputFolder folder) {
        return folder.read(RECORD).map(json -> StreamIdentity.parse(json, folder.show(RECORD)));
    }

    /** Has a stream live here. */
    public void settle(StreamIdentity identity) {
        for (OutputFolder folder : new OutputFolder[] {checkpoint, output}) {
            if (!read(folder).equals(Optional.of(identity))) {
                folder.write(RECORD, identity.json());
            }
        }
    }
}
