package io.murmuration.stream;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.InferencePlan;
import io.murmuration.batch.InputTable;
import io.murmuration.batch.ObservationSource;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.OutputTables;
import io.murmuration.batch.PartitionInference;
import io.murmuration.batch.ResultTable;
import io.murmuration.batch.StandingTables;
import io.murmuration.batch.TimeType;
import io.murmuration.stream.agent.TimeToLive;
import io.murmuration.stream.delivery.Deliveries;
import io.murmuration.stream.source.StreamSource;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inference over a stream of observations, written to disk a micro-batch at a time. */
public final class StreamInference {
    private static final Logger LOG = LoggerFactory.getLogger(StreamInference.class);
    /** Rows wait in slots of this share of the time for which they are held. */
    private static final int SLOTS = 10;

    private static final String EVENT_TIME = "event_time";
    private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";

    private final SparkSession session;
    private final Fleet fleet;
    private final StreamOptions options;
    private final int statePartitions;

    /**
     * @param session of Spark
     * @param fleet the models
     * @param options how the stream is run
     */
    public StreamInference(SparkSession session, Fleet fleet, StreamOptions options) {
        this.session = InputTable.session(session);
        this.fleet = fleet;
        this.options = options;
        statePartitions = options.inference()
                .partitions()
                .orElseGet(() -> Integer.parseInt(this.session.conf().get(SHUFFLE_PARTITIONS)));
        this.session.conf().set(SHUFFLE_PARTITIONS, Integer.toString(statePartitions));
        // State of several kinds an agent needs it, and what changed is all that a micro-batch writes.
        this.session
                .conf()
                .set(
                        "spark.sql.streaming.stateStore.providerClass",
                        "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");
        this.session.conf().set("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "true");
        // Spark would say that it does without, which nobody asked for.
        this.session.conf().set("spark.sql.adaptive.enabled", "false");
        // Where agents are idle by the time of micro-batches, Spark would make one without rows after the other, for
        // ever.
        boolean wakes = options.trigger().isPresent() || options.watermark().isPresent();
        this.session.conf().set("spark.sql.streaming.noDataMicroBatches.enabled", Boolean.toString(wakes));
    }

    /**
     * Runs the stream until it has done all that is there, or is stopped.
     *
     * @param checkpoint where Spark keeps its books and the state
     * @param folder where tables go
     * @param stop by which it is stopped
     * @throws CallerException for a mistake in options or input
     */
    public StreamOutcome run(OutputFolder checkpoint, OutputFolder folder, StopRequest stop) {
        StreamPlace place = new StreamPlace(checkpoint, folder);
        StreamSource.Opened opened = options.source().open(session);
        ObservationSource source = ObservationSource.of(
                opened.rows(), opened.sample(), options.inference().columns(), fleet, col(StreamSource.ARRIVED));
        InferencePlan plan = InferencePlan.of(source, fleet, options.inference(), options.format());
        StreamTables tables = tables(source, plan);
        checkTime(source);
        StreamIdentity now = StreamIdentity.begin(
                fleet,
                statePartitions,
                source.form().timeType(),
                plan.partition().step(),
                options);
        Optional<StreamIdentity> resident = place.resident();
        if (resident.isPresent() && !options.source().replays()) {
            throw new CallerException("A stream over a " + options.source().kind()
                    + " cannot go on, since nobody keeps what came before: begin a new one, with a new --checkpoint and"
                    + " --output");
        }
        StreamIdentity identity = resident.map(before -> before.checkGoesOnAs(now, options.acceptModel()))
                .orElse(now);
        boolean begins = !place.hasDoneAny();
        if (begins) {
            identity.checkBeginsAs(now);
        }
        StatePartitions partitions = StatePartitions.of(statePartitions);
        Optional<InitialAgents> initial = options.initial()
                .filter(earlier -> begins)
                .map(earlier -> InitialAgents.read(session, earlier, source, plan.partition(), partitions));
        StateExport export =
                new StateExport(fleet, new StandingTables(plan.partition(), tables.output()), checkpoint.path(""));
        StreamProgress progress = StreamProgress.of(folder, fleet.members().size());
        place.checkRecord(progress.batch());
        if (!begins && !resident.get().models().equals(now.models())) {
            export.check(session, progress.total().findings());
        }
        Deliveries deliveries = new Deliveries(
                session, folder, tables.output().results().schema(), options.format(), options.deliveries());
        deliveries.begin(fleet);
        place.settle(identity);
        folder.beginBeside();
        warnOfIdleCores();

        FlushControl flush = new FlushControl(checkpoint);
        Dataset<Row> rows = rows(source, partitions, flush);
        StreamWork work = new StreamWork(
                inference(plan),
                tables,
                folder.work(),
                rows.schema(),
                slotMicros(),
                timeToLive().orElse(null),
                options.alertShare().orElse(0.0));
        StreamWatch watch = new StreamWatch(arrival -> options.source().waiting(session, arrival));
        MicroBatchCommit commit = new MicroBatchCommit(
                new MicroBatchPlacement(tables, statePartitions, folder, progress), stop, watch, deliveries);
        StreamQuery query = new StreamQuery(rows, work, commit, checkpoint, options, stop, watch);
        session.streams().addListener(stop);
        session.streams().addListener(watch);
        try (StreamGauges shown = StreamGauges.show(watch)) {
            query.run(initial);
            if (options.flushes()
                    && !stop.isRequested()
                    && progress.total().counts().held() > 0) {
                flush.request(progress.batch());
                query.run(Optional.empty());
            }
        } finally {
            session.streams().removeListener(watch);
            session.streams().removeListener(stop);
        }
        long agents = progress.batch() < 0
                ? 0
                : export.write(session, progress.total().findings(), folder);
        return StreamOutcome.of(progress, agents, statePartitions, source.form().timeType(), watch.run());
    }

    private StreamTables tables(ObservationSource source, InferencePlan plan) {
        ResultTable results = options.timeToLive().isPresent() ? plan.results().withBeginnings() : plan.results();
        OutputTables output = OutputTables.of(session, source.form(), results, plan.layouts());
        options.partitioning().check(output.results().schema(), source.form().timeType());
        return StreamTables.of(session, output, options.format(), options.partitioning());
    }

    private Optional<TimeToLive> timeToLive() {
        return options.timeToLive()
                .map(time -> new TimeToLive(
                        options.timeToLiveMicros(), options.watermark().isPresent()));
    }

    /** Where the agents' own time counts, it is the rows that say who begins anew. */
    private PartitionInference inference(InferencePlan plan) {
        return timeToLive()
                .filter(TimeToLive::ofEvents)
                .map(time -> plan.partition().withIdle(time.micros()))
                .orElse(plan.partition());
    }

    private void checkTime(ObservationSource source) {
        if (options.watermark().isPresent() && source.form().timeType() != TimeType.TIMESTAMP) {
            throw new CallerException("The times are integers, and --watermark needs timestamps");
        }
    }

    private void warnOfIdleCores() {
        int cores = session.sparkContext().defaultParallelism();
        if (cores > statePartitions) {
            LOG.warn(
                    "There are {} cores, but the state has {} partitions, for good: no more cores than that are used",
                    cores,
                    statePartitions);
        }
    }

    private long slotMicros() {
        return options.watermark().isEmpty() ? 0 : Math.max(HeldRows.LEAST_SLOT_MICROS, options.holdMicros() / SLOTS);
    }

    /** All rows that come to the state; Spark moves the watermark on by a column that it forgets behind it. */
    private Dataset<Row> rows(ObservationSource source, StatePartitions partitions, FlushControl flush) {
        if (options.watermark().isEmpty()) {
            return StreamRows.of(source.rows(), partitions);
        }
        Dataset<Row> timed = source.rows()
                .withColumn(EVENT_TIME, timestamp_micros(col("t")))
                .withWatermark(EVENT_TIME, options.watermark().get().toMillis() + " milliseconds");
        Dataset<Row> rows = StreamRows.of(timed, partitions);
        return rows.unionByName(StreamRows.flushes(flush.requests(session), partitions, rows.schema()));
    }
}
