package io.murmuration.jobs;

import io.murmuration.batch.BatchInference;
import io.murmuration.batch.BatchOptions;
import io.murmuration.batch.BatchOutcome;
import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.Smoothing;
import io.murmuration.batch.TableFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Infers beliefs, free energies, policies and actions of agents from a table of observations. */
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Infers beliefs, free energies, policies and actions of agents from a table of observations.",
        footer = "Every job also takes --master URL, --driver-memory SIZE and --conf KEY=VALUE (repeatable).")
public final class InferJob implements Callable<Integer> {
    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description = "observations: a file, a folder or a glob")
    private String input;

    @Option(
            names = "--input-format",
            paramLabel = "csv|json|parquet",
            description = "format of the observations (default: by the files' names)")
    private TableFormat inputFormat;

    @Option(
            names = "--smooth",
            paramLabel = "LAG|all",
            description = "add beliefs in the light of the next rows, or of all rows of the agent")
    private Optional<String> smooth = Optional.empty();

    @Option(
            names = "--max-rejected",
            defaultValue = "0",
            paramLabel = "N",
            description = "more rejected rows, and there are no results (default: ${DEFAULT-VALUE})")
    private long maxRejected;

    @Option(
            names = "--clustered",
            description = "each agent's rows are together and in order already, so that nothing needs to be moved")
    private boolean clustered;

    @Option(names = "--initial", paramLabel = "DIR", description = "output of an earlier run that agents go on from")
    private Optional<String> initial = Optional.empty();

    @Mixin
    private InferenceArguments inference;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        JobRunner.main(new InferJob(), args);
    }

    @Override
    public Integer call() {
        if (maxRejected < 0) {
            throw new CallerException("--max-rejected is " + maxRejected + ", expected at least 0");
        }
        Fleet fleet = inference.fleet();
        BatchOptions options = options();
        try (OutputFolder folder = output.open()) {
            long start = System.nanoTime();
            SparkSession session = Sessions.open("murmuration infer");
            initial.ifPresent(earlier ->
                    EarlierRun.compare(earlier, fleet, session.sparkContext().hadoopConfiguration()));
            BatchOutcome outcome = new BatchInference(session, fleet, options).run(folder);
            double seconds = (System.nanoTime() - start) / 1e9;
            List<String> words = spec.commandLine().getParseResult().originalArgs();
            new InferSummary(fleet, outcome, options, words, seconds).write(folder);
            return close(folder, outcome, seconds);
        }
    }

    private BatchOptions options() {
        return new BatchOptions(
                input,
                Optional.ofNullable(inputFormat),
                inference.options(clustered, smooth.map(Smoothing::parse).orElse(new Smoothing.None())),
                inference.format(),
                maxRejected,
                initial);
    }

    private int close(OutputFolder folder, BatchOutcome outcome, double seconds) {
        if (!outcome.committed()) {
            throw new CallerException(
                    outcome.counts().rejected() + " of " + outcome.counts().read()
                            + " rows were rejected (" + reasons(outcome) + "), more than --max-rejected " + maxRejected
                            + ": there are no results, " + folder.show("rejected") + " says why row by row");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "read      %,d rows of %,d agents%n",
                outcome.counts().read(), outcome.counts().agents());
        out.printf("written   %,d rows to %s%n", outcome.counts().written(), folder.show("results"));
        String rejected =
                outcome.counts().rejected() == 0 ? "" : " (" + reasons(outcome) + ") to " + folder.show("rejected");
        out.printf(
                "rejected  %,d rows%s; %,d duplicates%n",
                outcome.counts().rejected(), rejected, outcome.counts().duplicates());
        if (outcome.counts().inserted() > 0) {
            out.printf("inserted  %,d missing observations%n", outcome.counts().inserted());
        }
        out.printf("took      %.1f s, %,.0f rows/s%n", seconds, outcome.counts().read() / seconds);
        out.printf("report    %s%n", folder.show("report.html"));
        return JobRunner.DONE;
    }

    private static String reasons(BatchOutcome outcome) {
        return outcome.counts().rejectedByCode().entrySet().stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
    }
}
