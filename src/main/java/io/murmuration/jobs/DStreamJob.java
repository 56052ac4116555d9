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
import io.murmuration.stream.StreamOptions;
import io.murmuration.stream.StreamOutcome;
import io.murmuration.stream.dstream.DStreamInference;
import io.murmuration.stream.source.FolderFiles;
import io.murmuration.stream.source.MessageForm;
import io.murmuration.stream.source.StreamSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

/** Infers as {@link StreamJob} does from files of JSON lines, on DStreams, for clusters that still run them. */
@Command(
        name = "dstream",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Infers as jobs/stream does from files of JSON lines, on DStreams, for clusters that still run them.",
        footer = "Every job also takes --master URL, --driver-memory SIZE and --conf KEY=VALUE (repeatable).")
public final class DStreamJob implements Callable<Integer> {
    /** Spark cannot keep up with more micro-batches, each of which it writes a checkpoint of. */
    private static final long LEAST_TRIGGER_MILLIS = 100;

    /** What times are. */
    private enum Time {
        INTEGER,
        TIMESTAMP
    }

    @Option(
            names = "--input",
            required = true,
            paramLabel = "DIR",
            description = "a folder into which files are put, whole, by renaming them: a JSON object a line")
    private String input;

    @Option(names = "--max-files-per-trigger", paramLabel = "N", description = "files that a micro-batch takes at most")
    private Optional<Integer> maxFiles = Optional.empty();

    @Option(
            names = "--time-type",
            paramLabel = "integer|timestamp",
            defaultValue = "integer",
            description = "what times are (default: ${DEFAULT-VALUE})")
    private Time timeType;

    @Mixin
    private PlaceArguments place;

    @Option(
            names = "--trigger",
            required = true,
            paramLabel = "DURATION",
            description = "time from one micro-batch to the next, as \"2 seconds\"")
    private String trigger;

    @Mixin
    private InferenceArguments inference;

    @Spec
    private CommandSpec spec;

    private final StopRequest stop = new StopRequest();

    public static void main(String[] args) {
        JobRunner.main(new DStreamJob(), args);
    }

    @Override
    public Integer call() {
        Fleet fleet = inference.fleet();
        InferenceOptions how = how();
        StreamSource.Lines lines = lines(fleet, how.columns());
        StreamOptions options = options(lines, how);
        Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
        try (OutputFolder folder = place.output(hadoop);
                OutputFolder books = place.checkpoint(hadoop)) {
            long start = System.nanoTime();
            SparkSession session = Sessions.openForGood("murmuration dstream");
            StreamOutcome outcome;
            try (StopSignals signals = StopSignals.to(stop)) {
                outcome = new DStreamInference(session, lines, options).run(books, folder, stop);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            List<String> words = spec.commandLine().getParseResult().originalArgs();
            new StreamSummary("dstream", fleet, outcome, options, words, seconds).write(folder);
            tell(outcome, folder);
            return JobRunner.DONE;
        }
    }

    /** Ends the job as a signal does. */
    StopRequest stop() {
        return stop;
    }

    private InferenceOptions how() {
        InferenceOptions how = inference.options(false, new Smoothing.None());
        if (how.columns().time().equals(ObservationColumns.ROW)) {
            throw new CallerException("--time is @row, but what keeps coming has no first row: expected a column");
        }
        for (String column : List.of(how.columns().agent(), how.columns().model())) {
            if (column.equals(ObservationColumns.FILE)) {
                throw new CallerException("@file stands for the name of a file, but lines tell of none");
            }
        }
        return how;
    }

    private StreamSource.Lines lines(Fleet fleet, ObservationColumns columns) {
        maxFiles.filter(most -> most < 1).ifPresent(most -> {
            throw new CallerException("--max-files-per-trigger is " + most + ", expected at least 1");
        });
        return new StreamSource.Lines(
                new FolderFiles(input, maxFiles.map(OptionalInt::of).orElse(OptionalInt.empty())),
                MessageForm.of(columns, timeType == Time.TIMESTAMP ? TimeType.TIMESTAMP : TimeType.LONG, fleet),
                fleet);
    }

    private StreamOptions options(StreamSource source, InferenceOptions how) {
        Duration every = StreamJob.duration("--trigger", trigger, "");
        if (every.toMillis() < LEAST_TRIGGER_MILLIS) {
            throw new CallerException(
                    "--trigger is " + trigger + ", expected at least " + LEAST_TRIGGER_MILLIS + " milliseconds");
        }
        return new StreamOptions(
                source,
                how,
                inference.format(),
                Partitioning.NONE,
                Optional.of(every),
                Optional.empty(),
                false,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void tell(StreamOutcome outcome, OutputFolder folder) {
        StreamCounts counts = outcome.counts();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("read      %,d rows of %,d agents since the stream was begun%n", counts.read(), outcome.agents());
        out.printf("written   %,d rows to %s%n", counts.written(), folder.show("results"));
        out.printf(
                "rejected  %,d rows; %,d late, %,d duplicates%n",
                counts.rejected(), counts.late(), counts.duplicates());
        out.printf(
                "stopped   by a signal, %s%n",
                outcome.batch() < 0 ? "before the first micro-batch" : "after batch " + outcome.batch());
    }
}
