package io.murmuration.scaling.spark;

import io.murmuration.scaling.DecisionJournal;
import io.murmuration.scaling.JournalTick;
import io.murmuration.scaling.ScalingSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/** Writes each tick into a decision journal, by which the decisions can be made again. */
final class JournalSink implements TickSink, Closeable {
    private final DecisionJournal journal;

    /** @param lines where to write; flushed after each line */
    JournalSink(OutputStream lines, ScalingSettings settings) throws IOException {
        journal = new DecisionJournal(new OutputStreamWriter(lines, StandardCharsets.UTF_8), settings);
    }

    @Override
    public String name() {
        return "The journal";
    }

    @Override
    public void accept(TickRecord tick) throws IOException {
        journal.write(new JournalTick(tick.clock(), tick.metrics(), tick.decision(), tick.outcome()));
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
