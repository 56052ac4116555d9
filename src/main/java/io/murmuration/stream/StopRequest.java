package io.murmuration.stream;

import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/**
 * Stops a stream between two micro-batches: the one that is under way is finished and written into Spark's books, no other
 * one begins. Safe to use from any thread.
 */
public final class StopRequest extends StreamingQueryListener {
    /** How often a micro-batch that may not begin looks whether its query is being stopped. */
    private static final long LOST_INTERRUPT_MILLIS = 100;

    private boolean requested;
    private boolean busy;
    private long batch;
    private Optional<StreamingQuery> running = Optional.empty();

    /** Asks for the end; returns when the stream has stopped, or at once where none runs. */
    public void request() throws InterruptedException {
        Optional<StreamingQuery> query;
        synchronized (this) {
            requested = true;
            query = running;
        }
        if (query.isPresent()) {
            stop(query.get());
        }
    }

    private void stop(StreamingQuery query) throws InterruptedException {
        synchronized (this) {
            while (busy) {
                wait();
            }
        }
        try {
            // Not while this is locked: a micro-batch that may not begin needs the lock to give up.
            query.stop();
        } catch (TimeoutException e) {
            throw new IllegalStateException("The stream does not stop", e);
        }
    }

    /** Whether the end was asked for. */
    public synchronized boolean isRequested() {
        return requested;
    }

    /**
     * A micro-batch begins; it never does once the end was asked for.
     *
     * @throws InterruptedException when the query is stopped, as Spark wants to see it
     */
    synchronized void begin(long next) throws InterruptedException {
        while (requested) {
            // Who stops the query interrupts this, but an interrupt that comes while Spark plans may be lost on its
            // way.
            wait(LOST_INTERRUPT_MILLIS);
            if (running.isPresent() && !running.get().isActive()) {
                throw new InterruptedException("The stream was stopped before micro-batch " + next);
            }
        }
        batch = next;
        busy = true;
    }

    /** A query has been started, which ends again at once if the end was asked for before. */
    void runs(StreamingQuery query) throws InterruptedException {
        synchronized (this) {
            running = Optional.of(query);
            if (!requested) {
                return;
            }
        }
        stop(query);
    }

    /** The query has ended, in whatever way. */
    synchronized void ended() {
        running = Optional.empty();
        rests();
    }

    private synchronized void rests() {
        busy = false;
        notifyAll();
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        // It is known from its start.
    }

    @Override
    public synchronized void onQueryProgress(QueryProgressEvent event) {
        // Events come late: the next micro-batch may be under way.
        if (event.progress().batchId() >= batch) {
            rests();
        }
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        // Told by whoever started it.
    }
}
