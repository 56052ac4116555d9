package io.murmuration.stream.dstream;

import io.murmuration.batch.TaskEnd;
import io.murmuration.stream.MicroBatchPart;
import io.murmuration.stream.MicroBatchPlacement;
import io.murmuration.stream.StopRequest;
import io.murmuration.stream.StreamCounts;
import io.murmuration.stream.StreamRows;
import io.murmuration.stream.StreamWatch;
import io.murmuration.stream.StreamWork;
import io.murmuration.stream.agent.KeyedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * The driver's side of a stream: says what a micro-batch takes, and puts what its tasks have written in place.
 *
 * <p>Spark takes a micro-batch whose function returns for done, and one that fails for a reason to log a stack trace and go
 * on with the next; one that did not return it does again at the next start. Where a stream has failed or is to stop, the
 * function therefore waits until all has ended. Safe to use from several threads: Spark asks for micro-batches in one and
 * runs them, one after the other, in another.
 */
final class DStreamDriver {
    private static final Logger LOG = LoggerFactory.getLogger(DStreamDriver.class);
    private static final long POLL_MILLIS = 20;
    private static final long PATIENCE_MILLIS = 60_000;

    private final ArrivedFiles files;
    private final MicroBatchBooks books;
    private final LineRows rows;
    private final StreamWork work;
    private final MicroBatchPlacement placement;
    private final SparkCheckpoint checkpoint;
    private final StreamWatch watch;
    private final StopRequest stop;
    /** When this driver was made: a time before that went by while the stream was down. */
    private final long begunMillis;

    private LongPredicate writesState = millis -> true;
    private int committed;
    private boolean busy;
    private boolean ended;
    private Optional<RuntimeException> failure = Optional.empty();
    private JavaPairRDD<Integer, HashMap<String, byte[]>> seen;
    private Optional<JavaPairRDD<Integer, HashMap<String, byte[]>>> states = Optional.empty();

    DStreamDriver(
            ArrivedFiles files,
            MicroBatchBooks books,
            LineRows rows,
            StreamWork work,
            MicroBatchPlacement placement,
            SparkCheckpoint checkpoint,
            StreamWatch watch,
            StopRequest stop,
            long begunMillis) {
        this.files = files;
        this.books = books;
        this.rows = rows;
        this.work = work;
        this.placement = placement;
        this.checkpoint = checkpoint;
        this.watch = watch;
        this.stop = stop;
        this.begunMillis = begunMillis;
    }

    /** @param writes whether Spark writes the whole state after the micro-batch of a time */
    void writesStateWhere(LongPredicate writes) {
        writesState = writes;
    }

    /**
     * What the micro-batch of a time brings to state partitions, for the first time or again; empty where it takes nothing.
     * Where that cannot be told it is empty as well, and neither that micro-batch nor any other is run.
     */
    synchronized Optional<RDD<Tuple2<Integer, Arrivals>>> arrivals(long millis) {
        try {
            Optional<MicroBatchBooks.Entry> taken = books.at(millis);
            return taken.isPresent() ? Optional.of(read(taken.get().files())) : take(millis);
        } catch (Exception e) {
            failed(e);
            return Optional.empty();
        }
    }

    private Optional<RDD<Tuple2<Integer, Arrivals>>> take(long millis) {
        // A time that went by while the stream was down takes nothing: those after it will, however late they come.
        if (millis < begunMillis || books.isPast(millis) || stop.isRequested() || failure.isPresent()) {
            return Optional.empty();
        }
        List<String> names = files.without(books.files());
        if (names.isEmpty()) {
            return Optional.empty();
        }
        RDD<Tuple2<Integer, Arrivals>> read = read(names);
        // Last of all: what is in the books has a micro-batch.
        books.take(millis, names);
        return Optional.of(read);
    }

    private RDD<Tuple2<Integer, Arrivals>> read(List<String> names) {
        JavaRDD<InternalRow> read = ((Dataset<?>) rows.of(files.paths(names)))
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        StreamWork told = work;
        return read.mapToPair(DStreamDriver::keyed)
                .groupByKey(new HashPartitioner(rows.partitions().count()))
                .mapValues(all -> {
                    List<UnsafeRow> list = new ArrayList<>();
                    all.forEach(list::add);
                    return new Arrivals(told, list);
                })
                .rdd();
    }

    private static Tuple2<Integer, UnsafeRow> keyed(InternalRow row) {
        UnsafeRow keyed = (UnsafeRow) row.getStruct(StreamRows.KEYED, KeyedRow.WIDTH);
        return new Tuple2<>(row.getInt(StreamRows.KEY), keyed.copy());
    }

    /** The states behind the micro-batch that is run next. */
    synchronized void see(JavaPairRDD<Integer, HashMap<String, byte[]>> now) {
        seen = now;
    }

    /** Runs the micro-batch of a time. */
    void run(JavaRDD<byte[]> ends, long millis) {
        if (!begin()) {
            awaitEnd();
            return;
        }
        try {
            Optional<MicroBatchBooks.Entry> entry = books.at(millis).filter(taken -> !books.isDone(taken));
            if (entry.isPresent()) {
                awaitCheckpoint();
                commit(entry.get(), ends);
            } else if (writesState.test(millis)) {
                // Where nobody computes the state, Spark does not write it, and what it is computed from grows.
                ends.count();
            }
            succeeded();
        } catch (Exception e) {
            failed(e);
            rest();
            awaitEnd();
        } finally {
            rest();
        }
    }

    private void commit(MicroBatchBooks.Entry entry, JavaRDD<byte[]> ends) {
        books.checkNext(entry);
        long start = System.nanoTime();
        List<MicroBatchPart> parts = ends.collect().stream()
                .map(end -> TaskEnd.result(end, MicroBatchPart.class))
                .toList();
        StreamCounts counts = placement.put(entry.number(), parts);
        books.finish(entry);
        double seconds = (System.nanoTime() - start) / 1e9;
        watch.placed(entry.number(), parts, counts, placement.progress().total().counts(), Instant.now(), seconds);
        watch.untold(entry.number());
        placement.folder().clear();
        if (++committed == 2) {
            // The books have the first one, so that nobody else is at work.
            placement.folder().removeLeftWork();
        }
        LOG.info(String.format(
                Locale.ROOT,
                "Batch %d: %,d rows came, %,d results, in %.1f s; %,d late; %,d rejected; %,d duplicates",
                entry.number(),
                counts.read(),
                counts.written(),
                seconds,
                counts.late(),
                counts.rejected(),
                counts.duplicates()));
    }

    /**
     * Waits until Spark has written a checkpoint: a stream without one begins anew, and nothing of it may be in place. From any
     * checkpoint all that follows is computed again, out of the books.
     */
    private void awaitCheckpoint() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!checkpoint.exists()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Spark has not written a checkpoint to " + checkpoint.show());
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The stream was interrupted", e);
            }
        }
    }

    private synchronized boolean begin() {
        busy = !ended && !stop.isRequested() && failure.isEmpty();
        return busy;
    }

    private synchronized void succeeded() {
        states = Optional.ofNullable(seen);
    }

    /** Spark throws checked exceptions that it does not declare. */
    private synchronized void failed(Exception e) {
        if (failure.isEmpty()) {
            failure = Optional.of(
                    e instanceof RuntimeException told
                            ? told
                            : new IllegalStateException("The stream failed: " + e.getMessage(), e));
        }
    }

    private synchronized void rest() {
        busy = false;
        notifyAll();
    }

    /** Waits for the end, whoever interrupts it: Spark does, and would be told of a failure. */
    private synchronized void awaitEnd() {
        while (!ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                LOG.debug("Interrupted while waiting for the end", e);
            }
        }
    }

    /** Waits until no micro-batch is under way; after a stop was asked for, none begins. */
    synchronized void awaitRest() throws InterruptedException {
        while (busy) {
            wait();
        }
    }

    /** Spark has stopped. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Why the stream cannot go on; empty where it can. */
    synchronized Optional<RuntimeException> failure() {
        return failure;
    }

    /** The agents behind the last micro-batch that was run, by state partition; empty where none was. */
    synchronized Optional<JavaPairRDD<Integer, HashMap<String, byte[]>>> states() {
        return states;
    }
}
