package io.murmuration.stream.dstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which files each micro-batch took, written down before it begins, and which ones are done. Spark writes its checkpoint
 * while a micro-batch runs: one that is done again might find other files than those whose results are in place already.
 *
 * <p>Only micro-batches to which something came are in the books, numbered one after the other, under the names that
 * Structured Streaming gives its own. Safe to use from several threads.
 */
final class MicroBatchBooks {
    private static final String TAKEN = "offsets";
    private static final String DONE = "commits";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final OutputFolder checkpoint;
    private final TreeMap<Long, Entry> byTime = new TreeMap<>();
    private final Set<String> files = new HashSet<>();
    private long done = -1;

    /**
     * A micro-batch.
     *
     * @param number from 0
     * @param millis its time in milliseconds since the epoch
     * @param files that it took, by their names
     */
    record Entry(long number, long millis, List<String> files) {}

    private MicroBatchBooks(OutputFolder checkpoint) {
        this.checkpoint = checkpoint;
    }

    /**
     * The books of a checkpoint, which may be new.
     *
     * @throws CallerException if they are torn
     */
    static MicroBatchBooks open(OutputFolder checkpoint) {
        MicroBatchBooks books = new MicroBatchBooks(checkpoint);
        numbers(checkpoint, TAKEN).forEach(number -> books.add(books.read(number)));
        numbers(checkpoint, DONE).forEach(number -> books.done = Math.max(books.done, number));
        return books;
    }

    private static List<Long> numbers(OutputFolder checkpoint, String inside) {
        return checkpoint.names(inside).stream()
                .filter(name -> name.matches("[0-9]+"))
                .map(Long::valueOf)
                .sorted()
                .toList();
    }

    private Entry read(long number) {
        String name = name(TAKEN, number);
        try {
            Entry entry = JSON.readValue(checkpoint.read(name).orElse(""), Entry.class);
            if (entry != null && entry.number() == number) {
                return entry;
            }
        } catch (JsonProcessingException e) {
            // Told below, together with what is JSON but no entry.
        }
        throw new CallerException(
                "The stream's record " + checkpoint.show(name) + " is torn, expected the file as the stream left it");
    }

    private static String name(String inside, long number) {
        return inside + "/" + number;
    }

    private void add(Entry entry) {
        byTime.put(entry.millis(), entry);
        files.addAll(entry.files());
    }

    /** The files that were taken, by their names. */
    synchronized Set<String> files() {
        return Set.copyOf(files);
    }

    /** What the micro-batch of a time took; empty where it took nothing. */
    synchronized Optional<Entry> at(long millis) {
        return Optional.ofNullable(byTime.get(millis));
    }

    /** Whether a micro-batch of a time could not take anything any more, since a later one has. */
    synchronized boolean isPast(long millis) {
        return !byTime.isEmpty() && millis <= byTime.lastKey();
    }

    /**
     * A micro-batch takes files.
     *
     * @throws CallerException if another process writes these books
     */
    synchronized void take(long millis, List<String> names) {
        Entry entry = new Entry(byTime.size(), millis, names);
        String name = name(TAKEN, entry.number());
        if (checkpoint.read(name).isPresent()) {
            throw new CallerException("Another process runs the stream of the checkpoint " + checkpoint.show("")
                    + " (--checkpoint): end one of the two");
        }
        try {
            checkpoint.makeFolder(TAKEN);
            checkpoint.write(name, JSON.writeValueAsString(entry));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        add(entry);
    }

    synchronized boolean isDone(Entry entry) {
        return entry.number() <= done;
    }

    /** The last micro-batch that is done; −1 where there is none. */
    synchronized long done() {
        return done;
    }

    /** Micro-batches are done one after the other. */
    synchronized void checkNext(Entry entry) {
        if (entry.number() != done + 1) {
            throw new IllegalStateException("Micro-batch " + entry.number() + " would be done after " + done);
        }
    }

    /** The results of a micro-batch are in place. */
    synchronized void finish(Entry entry) {
        checkNext(entry);
        checkpoint.makeFolder(DONE);
        checkpoint.write(name(DONE, entry.number()), "");
        done = entry.number();
    }

    /** Forgets what was taken by a stream of which nothing was done. */
    synchronized void forget() {
        checkpoint.removeAll(List.of(TAKEN));
        byTime.clear();
        files.clear();
    }
}
