package io.murmuration.scaling;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes what an autoscaler saw, decided and had done, as JSON lines: a header with its settings, then a line a tick. Each
 * line is flushed, so that of a process that is killed no more than the last one is lost. {@link Journal} reads it,
 * {@link JournalReplay} decides anew by it. Not safe for use by several threads.
 */
public final class DecisionJournal implements Closeable {
    private final Writer out;

    /**
     * Begins a journal.
     *
     * @param out in UTF-8; closed with the journal
     * @param settings those that the autoscaler was made by
     */
    public DecisionJournal(Writer out, ScalingSettings settings) throws IOException {
        this.out = out;
        line(JournalLines.header(settings));
    }

    /** Writes one tick. */
    public void write(JournalTick tick) throws IOException {
        line(JournalLines.tick(tick));
    }

    private void line(String json) throws IOException {
        out.write(json + "\n");
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
