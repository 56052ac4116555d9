package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import io.murmuration.scaling.backtest.Backtest;
import io.murmuration.scaling.backtest.InvalidTraceException;
import io.murmuration.scaling.backtest.LoadTrace;
import io.murmuration.scaling.policy.PolicyCatalog;
import io.murmuration.scaling.policy.PolicyEntry;
import io.murmuration.scaling.policy.PolicyEntry.Kind;
import io.murmuration.scaling.spark.BacktestResult;
import io.murmuration.scaling.spark.BacktestRun;
import io.murmuration.scaling.spark.BacktestTask;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs scaling policies over recorded loads in a plant, side by side, and measures each. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Runs scaling policies over recorded loads in a plant, side by side, and measures each.")
public final class BacktestJob implements Callable<Integer> {
    private static final int MOST_DELAY = 86_400;
    /** What says how traces are run, and nothing to a journal. */
    private static final List<String> OF_TRACES =
            List.of("--sweep", "--grid", "--provisioning-delay", "--measure-from");

    @Option(
            names = "--trace",
            arity = "1..*",
            paramLabel = "FILE",
            description = "recorded loads, a CSV of timestamp,value each (repeatable)")
    private List<Path> traceFiles = List.of();

    @Option(
            names = "--policy",
            arity = "1..*",
            paramLabel = "NAME[@SETTING]",
            description =
                    "policies to run, at the default of their main setting or another (default: all but ablations)")
    private List<String> policies = List.of();

    @Option(
            names = "--sweep",
            description =
                    "also run each of these policies at every setting of the grid; steps are written for the named and the "
                            + "default settings alone")
    private boolean sweep;

    @Option(
            names = "--grid",
            paramLabel = "FILE",
            defaultValue = "${env:MURMURATION_HOME:-.}/conf/backtest.yaml",
            description = "settings of a sweep, a list for each policy (default: ${DEFAULT-VALUE})")
    private Path grid;

    @Option(
            names = "--provisioning-delay",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "from asking for an instance until it works (default: ${DEFAULT-VALUE})")
    private int provisioningDelay;

    @Option(
            names = "--measure-from",
            paramLabel = "DAY",
            defaultValue = "1",
            description = "days of each trace that are run and not measured, such as 13.5 (default: ${DEFAULT-VALUE})")
    private BigDecimal measureFrom;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description =
                    "instead of traces: the decision journal of a live run, whose decisions are made again by its own "
                            + "policies or by those named")
    private Path journal;

    @Mixin
    private OutputOptions output;

    private CommandSpec spec;

    public static void main(String[] args) {
        JobRunner.main(new BacktestJob(), args);
    }

    /** Lists the policies, for whoever asks for help. */
    @Spec
    void describe(CommandSpec described) {
        spec = described;
        List<String> footer = new ArrayList<>(List.of("", "Policies, with what their setting is:"));
        footer.add("  oracle (bound) margin: instances on top of what the trace will need");
        List<PolicyEntry> standard = PolicyCatalog.standard().entries();
        for (PolicyEntry entry : standard) {
            footer.add(line(entry, entry.kind() == Kind.BOUND ? " (bound)" : ""));
        }
        Set<String> names = standard.stream().map(PolicyEntry::name).collect(Collectors.toSet());
        PolicyCatalog.ofTasks().entries().stream()
                .filter(entry -> !names.contains(entry.name()))
                .forEach(entry -> footer.add(line(entry, " (with --journal only)")));
        footer.addAll(List.of(
                "", "Every job also takes --master URL, --driver-memory SIZE and --conf KEY=VALUE (repeatable)."));
        described.usageMessage().footer(footer.toArray(String[]::new));
    }

    private static String line(PolicyEntry entry, String note) {
        return "  " + entry.name() + note + " " + entry.settingName() + ": " + entry.settingMeaning() + " (default: "
                + entry.defaultSetting() + ")";
    }

    @Override
    public Integer call() {
        check();
        return journal == null ? runTraces() : replay();
    }

    private int replay() {
        ReplayedJournal replay = ReplayedJournal.of(journal, policies);
        try (OutputFolder folder = output.open()) {
            folder.begin();
            replay.write(folder);
            replay.tell(spec.commandLine().getOut(), folder);
        }
        return JobRunner.DONE;
    }

    private int runTraces() {
        int from = LoadTrace.stepOfDay(measureFrom.doubleValue());
        List<LoadTrace> traces = traces(from);
        Duration delay = Duration.ofSeconds(provisioningDelay);
        PolicyCatalog catalog = new Backtest(traces.get(0), delay).policies();
        List<PolicyChoice> kept = kept(catalog);
        List<PolicyChoice> choices = choices(kept, catalog);
        try (OutputFolder folder = output.open()) {
            long start = System.nanoTime();
            JavaSparkContext spark =
                    new JavaSparkContext(Sessions.open("murmuration backtest").sparkContext());
            folder.begin();
            Map<BacktestTask, PolicyChoice> tasks = tasks(traces.size(), choices, Set.copyOf(kept));
            StepFiles files = new StepFiles(
                    folder.work(), names(tasks), new SerializableConfiguration(spark.hadoopConfiguration()));
            List<BacktestResult> results =
                    BacktestRun.run(spark, traces, delay, from, List.copyOf(tasks.keySet()), files);
            results.stream()
                    .filter(result -> result.task().keepsSteps())
                    .forEach(result -> folder.gather(
                            result.stepsAt(),
                            StepFiles.tableOf(traces.get(result.task().trace()).name())));
            double seconds = (System.nanoTime() - start) / 1e9;
            List<String> words = spec.commandLine().getParseResult().originalArgs();
            new BacktestSummary(traces, choices, kept, results, provisioningDelay, measureFrom, words, seconds)
                    .write(folder);
            return close(folder, results.size(), traces.size(), seconds);
        }
    }

    private void check() {
        if (journal == null == traceFiles.isEmpty()) {
            throw new CallerException(
                    (journal == null ? "Neither --trace nor --journal is" : "--trace and --journal are both")
                            + " given, expected one of the two");
        }
        if (journal != null) {
            OF_TRACES.stream()
                    .filter(spec.commandLine().getParseResult()::hasMatchedOption)
                    .findFirst()
                    .ifPresent(option -> {
                        throw new CallerException("--journal and " + option + " are both given, expected " + option
                                + " with --trace alone: a journal tells by itself what was measured and when");
                    });
        }
        if (provisioningDelay < 0 || provisioningDelay > MOST_DELAY) {
            throw new CallerException(
                    "--provisioning-delay is " + provisioningDelay + ", expected 0 to " + MOST_DELAY + " seconds");
        }
        if (measureFrom.signum() < 0) {
            throw new CallerException("--measure-from is " + measureFrom + ", expected at least 0 days");
        }
    }

    private List<LoadTrace> traces(int from) {
        Map<String, LoadTrace> traces = new LinkedHashMap<>();
        for (Path file : traceFiles) {
            LoadTrace trace = read(file);
            if (!trace.name().matches("[^,:\"\\s]+")) {
                throw new CallerException(
                        "The trace " + file
                                + " (--trace) names what is written, expected a file name without spaces, commas, colons and quotes");
            }
            if (traces.putIfAbsent(trace.name(), trace) != null) {
                throw new CallerException("Two traces are called " + trace.name()
                        + " (--trace), expected names that differ: they name what is written");
            }
            if (from >= trace.steps()) {
                throw new CallerException(String.format(
                        "The trace %s is %s days long (--trace), expected more than the %s that are not measured"
                                + " (--measure-from)",
                        file, Math.floor(1000 * trace.days()) / 1000, measureFrom.toPlainString()));
            }
        }
        return List.copyOf(traces.values());
    }

    private static LoadTrace read(Path file) {
        try {
            return LoadTrace.read(file);
        } catch (InvalidTraceException e) {
            throw new CallerException(e.getMessage() + " (--trace)");
        }
    }

    /** What was named, or else everything at its default: the steps of these are kept. */
    private List<PolicyChoice> kept(PolicyCatalog catalog) {
        return policies.isEmpty()
                ? catalog.entries().stream()
                        .filter(entry -> entry.kind() != Kind.ABLATION)
                        .map(PolicyChoice::byDefault)
                        .toList()
                : policies.stream()
                        .map(text -> PolicyChoice.parse(text, catalog))
                        .distinct()
                        .toList();
    }

    private List<PolicyChoice> choices(List<PolicyChoice> kept, PolicyCatalog catalog) {
        Set<PolicyChoice> choices = new LinkedHashSet<>(kept);
        if (sweep) {
            Set<String> names = new LinkedHashSet<>();
            kept.forEach(choice -> names.add(choice.entry().name()));
            BacktestGrid.read(grid, catalog).stream()
                    .filter(choice -> names.contains(choice.entry().name()))
                    .forEach(choices::add);
        }
        return List.copyOf(choices);
    }

    private static Map<BacktestTask, PolicyChoice> tasks(
            int traces, List<PolicyChoice> choices, Set<PolicyChoice> kept) {
        Map<BacktestTask, PolicyChoice> tasks = new LinkedHashMap<>();
        for (int trace = 0; trace < traces; trace++) {
            for (PolicyChoice choice : choices) {
                tasks.put(
                        new BacktestTask(trace, choice.entry().name(), choice.setting(), kept.contains(choice)),
                        choice);
            }
        }
        return tasks;
    }

    private static Map<BacktestTask, String> names(Map<BacktestTask, PolicyChoice> tasks) {
        Map<BacktestTask, String> names = new LinkedHashMap<>();
        tasks.forEach((task, choice) -> names.put(task, choice.toString()));
        return names;
    }

    private int close(OutputFolder folder, int backtests, int traces, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("run       %,d backtests over %,d traces%n", backtests, traces);
        out.printf("table     %s%n", folder.show("table.csv"));
        out.printf("took      %.1f s%n", seconds);
        out.printf("report    %s%n", folder.show("report.html"));
        return JobRunner.DONE;
    }
}
