package io.murmuration.jobs;

import io.murmuration.batch.BatchInference;
import io.murmuration.batch.BatchOptions;
import io.murmuration.batch.BatchOutcome;
import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.InferenceOptions;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.Precision;
import io.murmuration.batch.Smoothing;
import io.murmuration.batch.TableFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
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
            names = "--model",
            required = true,
            paramLabel = "FILE|DIR",
            description = "the model, or a folder of models that a column names (--model-column)")
    private Path model;

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
            names = "--agent",
            paramLabel = "COLUMN|@file",
            defaultValue = "agent_id",
            description = "column of the agent's id, or the file's name (default: ${DEFAULT-VALUE})")
    private String agent;

    @Option(
            names = "--time",
            paramLabel = "COLUMN|@row",
            defaultValue = "t",
            description =
                    "column of the time, an integer or a timestamp, or the row's place (default: ${DEFAULT-VALUE})")
    private String time;

    @Option(
            names = "--model-column",
            paramLabel = "COLUMN|@file",
            defaultValue = "model",
            description = "column that names the model of a fleet, or the file's name (default: ${DEFAULT-VALUE})")
    private String modelColumn;

    @Option(
            names = "--observation",
            split = ",",
            paramLabel = "COLUMN",
            description = "columns of the observation (default: observation, or o0,o1,…, or the modalities' names)")
    private List<String> observation = List.of();

    @Option(
            names = "--step",
            paramLabel = "N|DURATION",
            description = "step of time, such as 1 or \"5 minutes\": missing observations are inserted into gaps")
    private Optional<String> step = Optional.empty();

    @Option(
            names = "--smooth",
            paramLabel = "LAG|all",
            description = "add beliefs in the light of the next rows, or of all rows of the agent")
    private Optional<String> smooth = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "parquet|json|csv",
            defaultValue = "parquet",
            description = "format of the tables written (default: ${DEFAULT-VALUE})")
    private TableFormat format;

    @Option(names = "--select", split = ",", paramLabel = "COLUMN", description = "columns of the results")
    private List<String> select = List.of();

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "seed of stochastic choices (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--precision",
            defaultValue = "double",
            paramLabel = "double|single",
            description = "in which real numbers are stored (default: ${DEFAULT-VALUE})")
    private Precision precision;

    @Option(
            names = "--max-rejected",
            defaultValue = "0",
            paramLabel = "N",
            description = "more rejected rows, and there are no results (default: ${DEFAULT-VALUE})")
    private long maxRejected;

    @Option(names = "--partitions", paramLabel = "N", description = "into how many parts agents are divided")
    private Optional<Integer> partitions = Optional.empty();

    @Option(
            names = "--block-size",
            defaultValue = "256",
            paramLabel = "N",
            description = "agents that share a block (default: ${DEFAULT-VALUE})")
    private int blockSize;

    @Option(
            names = "--clustered",
            description = "each agent's rows are together and in order already, so that nothing needs to be moved")
    private boolean clustered;

    @Option(names = "--initial", paramLabel = "DIR", description = "output of an earlier run that agents go on from")
    private Optional<String> initial = Optional.empty();

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        JobRunner.main(new InferJob(), args);
    }

    @Override
    public Integer call() {
        check();
        Fleet fleet = FleetFiles.read(model);
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

    private void check() {
        if (blockSize < 1) {
            throw new CallerException("--block-size is " + blockSize + ", expected at least 1");
        }
        if (partitions.isPresent() && partitions.get() < 1) {
            throw new CallerException("--partitions is " + partitions.get() + ", expected at least 1");
        }
        if (maxRejected < 0) {
            throw new CallerException("--max-rejected is " + maxRejected + ", expected at least 0");
        }
    }

    private BatchOptions options() {
        return new BatchOptions(
                input,
                Optional.ofNullable(inputFormat),
                new InferenceOptions(
                        new ObservationColumns(agent, time, modelColumn, observation),
                        select,
                        seed,
                        precision,
                        partitions,
                        blockSize,
                        clustered,
                        step,
                        smooth.map(Smoothing::parse).orElse(new Smoothing.None())),
                format,
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
