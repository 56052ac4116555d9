package io.murmuration.stream.dstream;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.InferencePlan;
import io.murmuration.batch.InputTable;
import io.murmuration.batch.ObservationSource;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.OutputTables;
import io.murmuration.batch.StandingTables;
import io.murmuration.stream.MicroBatchPlacement;
import io.murmuration.stream.StatePartitions;
import io.murmuration.stream.StopRequest;
import io.murmuration.stream.StreamIdentity;
import io.murmuration.stream.StreamOptions;
import io.murmuration.stream.StreamOutcome;
import io.murmuration.stream.StreamPlace;
import io.murmuration.stream.StreamProgress;
import io.murmuration.stream.StreamTables;
import io.murmuration.stream.StreamWatch;
import io.murmuration.stream.StreamWork;
import io.murmuration.stream.source.Backlog;
import io.murmuration.stream.source.StreamSource;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.streaming.Durations;
import org.apache.spark.streaming.api.java.JavaStreamingContext;

/** Inference over a folder of JSON lines on DStreams, written to disk a micro-batch at a time. */
@SuppressWarnings("deprecation")
public final class DStreamInference {
    private static final String CONCURRENT_JOBS = "spark.streaming.concurrentJobs";
    private static final long POLL_MILLIS = 50;

    private final SparkSession session;
    private final Fleet fleet;
    private final StreamSource.Lines lines;
    private final StreamOptions options;
    private final Duration every;
    private final int statePartitions;

    /**
     * @param session of Spark
     * @param lines the observations, and who observes
     * @param options how the stream is run: with a trigger, and without what DStreams do not do
     */
    public DStreamInference(SparkSession session, StreamSource.Lines lines, StreamOptions options) {
        this.session = InputTable.session(session);
        this.lines = lines;
        this.options = options;
        fleet = lines.fleet();
        every = options.trigger().orElseThrow();
        statePartitions = options.inference()
                .partitions()
                .orElseGet(() -> Integer.parseInt(this.session.conf().get("spark.sql.shuffle.partitions")));
    }

    /**
     * Runs the stream until it is stopped.
     *
     * @param checkpoint where the stream's books are and Spark keeps its state
     * @param folder where tables go
     * @param stop by which it is stopped
     * @throws CallerException for a mistake in options or input
     */
    public StreamOutcome run(OutputFolder checkpoint, OutputFolder folder, StopRequest stop) {
        StreamPlace place = new StreamPlace(checkpoint, folder);
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        checkOneAfterTheOther(spark);
        ArrivedFiles files =
                ArrivedFiles.in(lines.files().path(), lines.files().maxFiles(), spark.hadoopConfiguration());
        LineRows rows =
                new LineRows(session, lines, options.inference().columns(), StatePartitions.numbered(statePartitions));
        ObservationSource source = rows.form();
        InferencePlan plan = InferencePlan.of(source, fleet, options.inference(), options.format());
        StreamTables tables = StreamTables.of(
                session,
                OutputTables.of(session, source.form(), plan.results(), plan.layouts()),
                options.format(),
                options.partitioning());
        place.settle(identity(place, source, plan));
        folder.beginBeside();
        StreamProgress progress = StreamProgress.of(folder, fleet.members().size());
        place.checkRecord(progress.batch());
        SparkCheckpoint kept = new SparkCheckpoint(checkpoint);
        MicroBatchBooks books = books(checkpoint, kept, progress);

        StreamWork work = new StreamWork(plan.partition(), tables, folder.work(), new StructType(), 0, null, 0);
        StreamWatch watch = new StreamWatch(arrival -> Backlog.UNKNOWN);
        DStreamDriver driver = new DStreamDriver(
                files,
                books,
                rows,
                work,
                new MicroBatchPlacement(tables, statePartitions, folder, progress),
                kept,
                watch,
                stop,
                System.currentTimeMillis());
        run(spark, driver, kept, stop);
        long agents = driver.states()
                .filter(states -> progress.batch() >= 0)
                .map(states -> states.values()
                        .flatMap(agent -> agent.entrySet().iterator())
                        .map(new ToStanding(fleet)))
                .map(standings -> new StandingTables(plan.partition(), tables.output())
                        .write(session, standings, progress.total().findings().population(), folder))
                .orElse(0L);
        return StreamOutcome.of(progress, agents, statePartitions, source.form().timeType(), watch.run());
    }

    private static void checkOneAfterTheOther(JavaSparkContext spark) {
        int jobs = spark.getConf().getInt(CONCURRENT_JOBS, 1);
        if (jobs != 1) {
            throw new CallerException(CONCURRENT_JOBS + " is " + jobs
                    + ", expected 1: micro-batches are put in place one after the other");
        }
    }

    /** The stream that lives in its place, or a new one. */
    private StreamIdentity identity(StreamPlace place, ObservationSource source, InferencePlan plan) {
        StreamIdentity now = StreamIdentity.begin(
                fleet,
                statePartitions,
                source.form().timeType(),
                plan.partition().step(),
                options,
                lines.kind() + ", by DStreams every " + every.toMillis() + " ms");
        return place.resident()
                .map(before -> {
                    if (!before.models().equals(now.models())) {
                        throw new CallerException(
                                "The stream was begun with other models than those of --model, which it"
                                        + " keeps for good: begin a new stream");
                    }
                    return before.checkGoesOnAs(now, false);
                })
                .orElse(now);
    }

    /** The books, of which nothing may be left where Spark begins anew. */
    private static MicroBatchBooks books(OutputFolder checkpoint, SparkCheckpoint kept, StreamProgress progress) {
        MicroBatchBooks books = MicroBatchBooks.open(checkpoint);
        if (!kept.exists()) {
            if (books.done() >= 0 || progress.batch() >= 0) {
                throw new CallerException("There is no state of the stream at " + kept.show()
                        + ", but micro-batches were done: expected the checkpoint as the stream left it");
            }
            books.forget();
        }
        return books;
    }

    private void run(JavaSparkContext spark, DStreamDriver driver, SparkCheckpoint kept, StopRequest stop) {
        JavaStreamingContext context = context(spark, kept);
        try {
            StreamGraph.source(context).link().attach(driver);
            driver.writesStateWhere(millis -> StreamGraph.writesState(context, millis));
            context.start();
            while (!stop.isRequested() && driver.failure().isEmpty()) {
                context.awaitTerminationOrTimeout(POLL_MILLIS);
            }
            driver.awaitRest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The stream was interrupted", e);
        } finally {
            context.stop(false, false);
            driver.end();
        }
        driver.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    /** Spark's side of the stream, as it was left or new. */
    private JavaStreamingContext context(JavaSparkContext spark, SparkCheckpoint kept) {
        return kept.exists()
                ? new JavaStreamingContext(kept.open(spark.sc()))
                : StreamGraph.create(spark, Durations.milliseconds(every.toMillis()), statePartitions, kept.path());
    }
}
