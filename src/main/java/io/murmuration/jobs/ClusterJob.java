package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.DirectInference;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.ObservationRow;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.TableFormat;
import io.murmuration.cluster.ClusterOptions;
import io.murmuration.cluster.ClusterPerformance;
import io.murmuration.cluster.InferenceCluster;
import io.murmuration.cluster.SteadyClock;
import io.murmuration.inference.ResultLayout;
import io.murmuration.report.StatusServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Submits a table of observations to a cluster, one by one, and writes what came back. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Starts a cluster, submits a table of observations to it one by one, and writes what came back."
                + " A quick try: programs use io.murmuration.cluster.InferenceCluster.",
        footer = "Every job also takes --master URL, --driver-memory SIZE and --conf KEY=VALUE (repeatable).")
public final class ClusterJob implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "the model")
    private Path model;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description = "observations: a file, a folder or a glob; submitted in the order of their time")
    private String input;

    @Option(
            names = "--input-format",
            paramLabel = "csv|json|parquet",
            description = "format of the observations (default: by the files' names)")
    private TableFormat inputFormat;

    @Option(
            names = "--outstanding",
            defaultValue = "1000",
            paramLabel = "N",
            description = "tasks that wait for their results at a time (default: ${DEFAULT-VALUE})")
    private int outstanding;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "submissions a second (default: as fast as results come back)")
    private Optional<Double> rate = Optional.empty();

    @Mixin
    private ClusterArguments cluster;

    @Mixin
    private StatusArguments status;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        JobRunner.main(new ClusterJob(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Files.isDirectory(model)) {
            throw new CallerException("--model is the folder " + model + ", expected the file of one model");
        }
        Fleet fleet = FleetFiles.read(model);
        ClusterOptions options = cluster.options();
        checkLoad(options);
        try (OutputFolder folder = output.open();
                InferenceCluster running = InferenceCluster.start(options)) {
            folder.begin();
            SparkSession session = Sessions.openQuietly("murmuration cluster");
            Iterator<ObservationRow> rows = ObservationRow.read(
                    session, input, Optional.ofNullable(inputFormat), ObservationColumns.STANDARD, fleet);
            // What is measured begins when there is something to submit.
            if (!rows.hasNext()) {
                throw new CallerException("There are no observations in " + input + " (--input)");
            }
            ClusterSummary summary = submit(running, rows, fleet, folder);
            List<String> words = spec.commandLine().getParseResult().originalArgs();
            summary.write(folder, fleet, options, words);
            PrintWriter out = spec.commandLine().getOut();
            summary.print(out);
            out.printf("table     %s%n", folder.show(TaskTable.NAME));
            out.printf("report    %s%n", folder.show(ClusterSummary.REPORT));
            return JobRunner.DONE;
        }
    }

    private ClusterSummary submit(
            InferenceCluster running, Iterator<ObservationRow> rows, Fleet fleet, OutputFolder folder)
            throws IOException, InterruptedException {
        List<String> columns = DirectInference.compile(fleet.members().get(0)).layout().columns().stream()
                .filter(ResultLayout.Column::standard)
                .map(ResultLayout.Column::name)
                .toList();
        try (Writer writer = folder.writer(TaskTable.NAME);
                ClusterWatch watch = ClusterWatch.start(running, new SteadyClock());
                StatusServer page = status.start(watch::page, spec.commandLine().getErr())) {
            TaskTable table = new TaskTable(writer, columns);
            ClusterRun run = new ClusterRun(running, running.register(model), outstanding, rate, (task, row, ended) -> {
                watch.ended(task, ended);
                table.add(task, row, ended);
            });
            run.submit(rows);
            table.flush();
            writer.close();
            folder.place(TaskTable.NAME);
            ClusterPerformance performance = running.performance();
            return new ClusterSummary(
                    performance, watch.summary(performance), watch.execution(), run.skipped(), watch.seconds());
        }
    }

    private void checkLoad(ClusterOptions options) {
        if (outstanding < 1 || outstanding > options.limits().tasks()) {
            throw new CallerException("--outstanding is " + outstanding + ", expected from 1 to the "
                    + options.limits().tasks() + " of --queue");
        }
        if (rate.isPresent() && !(rate.get() > 0)) {
            throw new CallerException("--rate is " + rate.get() + ", expected more than 0");
        }
    }
}
