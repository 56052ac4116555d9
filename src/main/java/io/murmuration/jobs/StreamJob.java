package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.InferenceOptions;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.Smoothing;
import io.murmuration.batch.TimeType;
import io.murmuration.stream.Partitioning;
import io.murmuration.stream.StopRequest;
import io.murmuration.stream.StreamCounts;
import io.murmuration.stream.StreamInference;
import io.murmuration.stream.StreamOptions;
import io.murmuration.stream.StreamOutcome;
import io.murmuration.summary.DurationWords;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Infers beliefs, free energies, policies and actions of agents from observations that keep arriving. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Infers beliefs, free energies, policies and actions of agents from observations that keep arriving.",
        footer = "Every job also takes --master URL, --driver-memory SIZE and --conf KEY=VALUE (repeatable).")
public final class StreamJob implements Callable<Integer> {
    private static final String AVAILABLE_NOW = "available-now";
    private static final double LEAST_ALERT_SHARE = 0.5;
    private static final double MOST_ALERT_SHARE = 0.9999;

    @Mixin
    private SourceArguments source;

    @Mixin
    private PlaceArguments place;

    @Option(
            names = "--partition-by",
            paramLabel = "hour",
            description = "lay the results of a micro-batch into a folder an hour of their times, which are timestamps")
    private Optional<PartitionBy> partitionBy = Optional.empty();

    /** What results can be divided by. */
    private enum PartitionBy {
        HOUR
    }

    @Option(
            names = "--trigger",
            required = true,
            paramLabel = "available-now|DURATION",
            description = "do all that is there and end, or go on with a micro-batch every so often, as \"2 seconds\"")
    private String trigger;

    @Option(
            names = "--watermark",
            paramLabel = "DURATION",
            description = "hold rows until none so much earlier can come, and infer them in the order of their times")
    private Optional<String> watermark = Optional.empty();

    @Option(
            names = "--keep-held",
            description = "with available-now: rows that are still held at the end stay held for the next start")
    private boolean keepHeld;

    @Option(
            names = "--accept-model",
            description = "go on with other models than those the stream was begun with, whose states fit")
    private boolean acceptModel;

    @Option(
            names = "--initial",
            paramLabel = "DIR",
            description = "output of an earlier run, a batch or a stream, that agents begin from")
    private Optional<String> initial = Optional.empty();

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            description =
                    "let go of agents that are idle for so long; one that comes back begins anew (default: never)")
    private Optional<String> timeToLive = Optional.empty();

    @Option(
            names = "--alert-quantile",
            paramLabel = "Q",
            description = "flag rows that surprise their agent more than this share of its rows before, as 0.99")
    private Optional<Double> alertShare = Optional.empty();

    @Mixin
    private InferenceArguments inference;

    @Mixin
    private DeliveryArguments delivery;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        JobRunner.main(new StreamJob(), args);
    }

    @Override
    public Integer call() {
        Fleet fleet = inference.fleet();
        StreamOptions options = options(fleet);
        Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
        try (OutputFolder folder = place.output(hadoop);
                OutputFolder books = place.checkpoint(hadoop)) {
            long start = System.nanoTime();
            StopRequest stop = new StopRequest();
            SparkSession session = Sessions.openForGood("murmuration stream");
            StreamOutcome outcome;
            try (StopSignals signals = StopSignals.to(stop)) {
                outcome = new StreamInference(session, fleet, options).run(books, folder, stop);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            List<String> words = spec.commandLine().getParseResult().originalArgs().stream()
                    .map(StreamJob::withoutSecrets)
                    .toList();
            new StreamSummary("stream", fleet, outcome, options, words, seconds).write(folder);
            tell(outcome, folder, stop);
            return JobRunner.DONE;
        }
    }

    /** A word of the command line as others may read it: an address may hold a password. */
    private static String withoutSecrets(String word) {
        return word.replaceAll("(?i)(password=)[^&]*", "$1***");
    }

    private StreamOptions options(Fleet fleet) {
        InferenceOptions how = inference.options(false, new Smoothing.None());
        if (how.columns().time().equals(ObservationColumns.ROW)) {
            throw new CallerException("--time is @row, but what keeps coming has no first row: expected a column");
        }
        alertShare.ifPresent(share -> {
            if (!(share >= LEAST_ALERT_SHARE && share <= MOST_ALERT_SHARE)) {
                throw new CallerException("--alert-quantile is " + share + ", expected a number between "
                        + LEAST_ALERT_SHARE + " and " + MOST_ALERT_SHARE);
            }
        });
        return new StreamOptions(
                source.source(fleet, how.columns(), watermark.isPresent()),
                how,
                inference.format(),
                partitionBy.isPresent() ? Partitioning.HOUR : Partitioning.NONE,
                trigger.equals(AVAILABLE_NOW)
                        ? Optional.empty()
                        : Optional.of(duration("--trigger", trigger, AVAILABLE_NOW + " or ")),
                watermark.map(text -> duration("--watermark", text, "")),
                keepHeld,
                delivery.deliveries(spec.commandLine().getOut()),
                acceptModel,
                initial,
                timeToLive.map(StreamJob::timeToLive),
                alertShare);
    }

    private static Duration timeToLive(String text) {
        Duration duration = duration("--ttl", text, "");
        if (duration.isZero()) {
            throw new CallerException("--ttl is " + text + ", expected a duration that is more than 0");
        }
        return duration;
    }

    static Duration duration(String option, String text, String or) {
        try {
            Duration duration = Duration.of(TimeType.microseconds(text), ChronoUnit.MICROS);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Told below, together with what is negative.
        }
        throw new CallerException(option + " is " + text + ", expected " + or + "a duration such as \"2 seconds\"");
    }

    private void tell(StreamOutcome outcome, OutputFolder folder, StopRequest stop) {
        StreamCounts counts = outcome.counts();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("read      %,d rows of %,d agents since the stream was begun%n", counts.read(), outcome.agents());
        out.printf("written   %,d rows to %s%n", counts.written(), folder.show("results"));
        out.printf(
                "rejected  %,d rows; %,d late, %,d duplicates, %,d held%n",
                counts.rejected(), counts.late(), counts.duplicates(), counts.held());
        if (outcome.run().latency().known()) {
            out.printf(
                    "latency   p50 %s, p95 %s, p99 %s in %,d micro-batches%n",
                    DurationWords.seconds(outcome.run().latency().p50()),
                    DurationWords.seconds(outcome.run().latency().p95()),
                    DurationWords.seconds(outcome.run().latency().p99()),
                    outcome.run().batches());
        }
        if (counts.inserted() > 0) {
            out.printf("inserted  %,d missing observations%n", counts.inserted());
        }
        if (alertShare.isPresent()) {
            out.printf("alerts    %,d rows%n", counts.alerts());
        }
        if (timeToLive.isPresent()) {
            out.printf("let go    of idle agents %,d times%n", counts.evicted());
        }
        out.printf(
                "stopped   %s, %s%n",
                stop.isRequested() ? "by a signal" : "all done",
                outcome.batch() < 0 ? "before the first micro-batch" : "after batch " + outcome.batch());
    }
}
