package io.murmuration.stream;

import io.murmuration.stream.source.Backlog;
import io.murmuration.summary.Latency;
import io.murmuration.summary.QuantileSketch;
import io.murmuration.summary.StreamMoment;
import io.murmuration.summary.StreamSeries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a stream: brings together what was put in place and what Spark tells of a micro-batch, says it in the log, and
 * keeps what summary and metrics show. Safe to use from any thread.
 */
public final class StreamWatch extends StreamingQueryListener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamWatch.class);
    /** Between two lines about micro-batches that did nothing. */
    private static final long QUIET_MILLIS = 5_000;
    /** For how long an end is waited for that Spark may have forgotten to tell of. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final Waiting waiting;
    private final QuantileSketch latencies = new QuantileSketch();
    private final StreamSeries series = new StreamSeries();
    private long batches;
    private long rows;
    private long latestArrival = Long.MIN_VALUE;
    /** Micro-batches that Spark has not told of yet, by number: it does so a little later. */
    private final TreeMap<Long, Placed> placed = new TreeMap<>();

    private Optional<StreamFigures> figures = Optional.empty();
    private boolean idle;
    private boolean terminated;
    private long saidAtMillis;

    /**
     * A micro-batch whose tables are in place.
     *
     * @param batch its number
     * @param counts what became of its rows
     * @param total what became of all rows
     * @param latency of the rows that went out
     * @param at when they were in place
     */
    record Placed(long batch, StreamCounts counts, StreamCounts total, Latency latency, Instant at) {
        boolean didSomething() {
            return counts.read() > 0 || counts.held() != 0 || counts.written() > 0;
        }
    }

    /** Tells what of a source that came after a time, in microseconds since the epoch, still waits. */
    public interface Waiting {
        Backlog after(long micros);
    }

    public StreamWatch(Waiting waiting) {
        this.waiting = waiting;
    }

    /**
     * The tables of a micro-batch are in place.
     *
     * @param parts of the micro-batch
     * @param counts what became of its rows
     * @param total what became of all rows
     * @param seconds that it took
     */
    public synchronized void placed(
            long batch,
            List<MicroBatchPart> parts,
            StreamCounts counts,
            StreamCounts total,
            Instant at,
            double seconds) {
        QuantileSketch seen = new QuantileSketch();
        for (MicroBatchPart part : parts) {
            seen.merge(part.arrivals().until(at.toEpochMilli()));
            latestArrival = Math.max(latestArrival, part.arrivals().latestMicros());
        }
        latencies.merge(seen);
        batches++;
        rows += counts.read();
        Placed done = new Placed(batch, counts, total, Latency.of(seen), at);
        placed.put(batch, done);
        series.add(new StreamMoment(batch, counts.read(), seconds, counts.alerts(), done.latency()));
        idle = false;
    }

    /** Nobody else will tell of the micro-batch. */
    public synchronized void untold(long batch) {
        placed.headMap(batch, true).clear();
    }

    /** What the stream did since its start. */
    public synchronized StreamRun run() {
        return new StreamRun(batches, rows, Latency.of(latencies), series);
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        // It is not worth a line.
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        long after;
        synchronized (this) {
            after = latestArrival;
        }
        // Outside of the lock: it may have to look at a file system.
        Backlog files = after == Long.MIN_VALUE ? Backlog.UNKNOWN : waiting.after(after);
        Backlog backlog = files.count().isPresent()
                ? files
                : Backlog.offsets(event.progress().sources());
        synchronized (this) {
            Placed done = placed.get(event.progress().batchId());
            placed.headMap(event.progress().batchId(), true).clear();
            if (done != null) {
                take(StreamFigures.of(event.progress(), done, backlog), done);
            }
        }
    }

    private void take(StreamFigures now, Placed done) {
        figures = Optional.of(now);
        if (done.didSomething() || now.at().toEpochMilli() - saidAtMillis >= QUIET_MILLIS) {
            saidAtMillis = now.at().toEpochMilli();
            LOG.info(new StreamLine(now, done.counts()).text());
        }
    }

    @Override
    public synchronized void onQueryIdle(QueryIdleEvent event) {
        if (!idle) {
            idle = true;
            LOG.info("All that is there was done; waiting for more");
        }
    }

    @Override
    public synchronized void onQueryTerminated(QueryTerminatedEvent event) {
        terminated = true;
        notifyAll();
    }

    /** Waits for what Spark tells of a query that has ended: it comes a little later. */
    synchronized void awaitEnd() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!terminated && System.nanoTime() < until) {
            wait(PATIENCE_MILLIS);
        }
        terminated = false;
    }

    /** A figure of the last micro-batch; NaN before the first. */
    synchronized double figure(ToDoubleFunction<StreamFigures> of) {
        return figures.map(of::applyAsDouble).orElse(Double.NaN);
    }

    /** A figure that is zero while nothing comes. */
    synchronized double flow(ToDoubleFunction<StreamFigures> of) {
        return idle ? 0 : figure(of);
    }
}
