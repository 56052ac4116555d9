package io.murmuration.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.murmuration.batch.CallerException;
import io.murmuration.batch.InputTable;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.TableFormat;
import io.murmuration.orchestration.spark.InvalidTableException;
import io.murmuration.orchestration.spark.MatchingCheck;
import io.murmuration.orchestration.spark.MatchingFigures;
import io.murmuration.orchestration.spark.MatchingRun;
import io.murmuration.orchestration.spark.MatchingSettings;
import io.murmuration.orchestration.spark.Population;
import io.murmuration.report.MatchingReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Matches a table of tasks to a table of agents, as many as can be and as well as can be, with prices that prove it. */
@Command(
        name = "match",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Matches a table of tasks to a table of agents, as many as can be and as well as can be, with prices that"
                        + " prove it.",
        footer = "Every job also takes --master URL, --driver-memory SIZE and --conf KEY=VALUE (repeatable).")
final class MatchJob implements Callable<Integer> {
    private static final String AGENTS = "agents";
    private static final String TASKS = "tasks";

    @Option(
            names = "--agents",
            paramLabel = "PATH",
            description = "a row an agent: agent_id, capacity, and a column a capability")
    private String agents;

    @Option(
            names = "--tasks",
            paramLabel = "PATH",
            description =
                    "a row a task: task_id, and columns min_X, is_X (what it would like of capability X), must_min_X,"
                            + " must_is_X (what it does not go without)")
    private String tasks;

    @Option(
            names = "--input-format",
            paramLabel = "csv|json|parquet",
            description = "format of both tables (default: by the endings of their files)")
    private Optional<TableFormat> inputFormat = Optional.empty();

    @Option(
            names = "--generate",
            paramLabel = "FILE",
            description =
                    "instead of tables: agents and tasks that are made up as this YAML file says, and written, too")
    private Path population;

    @Option(
            names = "--format",
            paramLabel = "csv|json|parquet",
            defaultValue = "csv",
            description = "format of the tables written (default: ${DEFAULT-VALUE})")
    private TableFormat format;

    @Option(
            names = "--check",
            description = "read the tables again that were written, and hold them against those of agents and tasks")
    private boolean check;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkOptions();
        Optional<Population> made = Optional.ofNullable(population).map(MatchJob::read);
        try (OutputFolder folder = output.open()) {
            return match(folder, made);
        } catch (InvalidTableException e) {
            throw new CallerException(e.getMessage());
        }
    }

    private void checkOptions() {
        boolean tables = agents != null && tasks != null;
        if (population == null ? !tables : agents != null || tasks != null || inputFormat.isPresent()) {
            throw new CallerException(
                    population == null
                            ? "--agents or --tasks is not given, expected both, or --generate"
                            : "--generate and a table or its format are both given, expected one of them");
        }
    }

    /** A population that a file describes. */
    static Population read(Path file) {
        try {
            JsonNode tree = new YAMLMapper().readTree(Files.readString(file));
            return Population.of(tree);
        } catch (JsonProcessingException e) {
            throw new CallerException("The population " + file + " (--generate) is no YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new CallerException("The population " + file + " (--generate) cannot be read: " + e);
        } catch (InvalidTableException e) {
            throw new CallerException("The population " + file + " (--generate) is none: " + e.getMessage());
        }
    }

    private int match(OutputFolder folder, Optional<Population> made) {
        long start = System.nanoTime();
        SparkSession session = InputTable.session(Sessions.open("murmuration orchestrate match"));
        // Tables have dozens of columns, of which Spark would say each time that it does not show them all in its
        // plans.
        session.conf().set("spark.sql.debug.maxToStringFields", "1000");
        // Of a line that has too many cells, what columns are read must not decide whether it is a row.
        session.conf().set("spark.sql.csv.parser.columnPruning.enabled", "false");
        folder.begin();
        MatchTables tables = new MatchTables(session, folder, format);
        made.ifPresent(all -> {
            tables.write(AGENTS, all.agentTable(session));
            tables.write(TASKS, all.taskTable(session));
        });
        Dataset<Row> agentTable = made.isPresent() ? tables.read(AGENTS) : open(session, agents, "--agents");
        Dataset<Row> taskTable = made.isPresent() ? tables.read(TASKS) : open(session, tasks, "--tasks");
        try (MatchingRun run = MatchingRun.of(session, agentTable, taskTable, MatchingSettings.STANDARD)) {
            double matched = (System.nanoTime() - start) / 1e9;
            tables.write("prices", run.prices());
            tables.write("profits", run.profits());
            tables.write("unmatched", run.unmatched());
            tables.write("assignment", run.assignment());
            Optional<MatchingCheck> checked =
                    check ? Optional.of(MatchingCheck.of(run, tables::read)) : Optional.empty();
            tables.place();
            double seconds = (System.nanoTime() - start) / 1e9;
            folder.write(
                    "summary.json",
                    Json.pretty(
                            summary(run, taskTable, checked, Map.of("match_seconds", matched, "seconds", seconds))));
            folder.write("report.html", report(run.figures(), checked, seconds).html());
            tell(folder, run.figures(), checked, seconds);
            return checked.map(MatchingCheck::holds).orElse(true) ? JobRunner.DONE : JobRunner.FAILED;
        }
    }

    private Dataset<Row> open(SparkSession session, String path, String option) {
        try {
            return InputTable.open(session, path, inputFormat);
        } catch (CallerException e) {
            throw new CallerException(e.getMessage() + " (" + option + ")");
        }
    }

    private Map<String, Object> summary(
            MatchingRun run, Dataset<Row> taskTable, Optional<MatchingCheck> checked, Map<String, Double> seconds) {
        MatchingFigures figures = run.figures();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "orchestrate match");
        summary.put("version", Version.text());
        summary.put("agent_groups", figures.agentGroups());
        summary.put("task_groups", figures.taskGroups());
        summary.put("places", figures.places());
        summary.put("tasks", figures.tasks());
        summary.put("matched", figures.matched());
        summary.put("unmatched_no_agent", figures.withoutAgent());
        summary.put("unmatched_shortage", figures.shortOfAgents());
        summary.put("score", figures.score());
        summary.put("bound", figures.bound());
        summary.put("share_of_bound", figures.share());
        summary.put("bonus", figures.bonus());
        summary.put("exact", figures.exact());
        summary.put("forbidden_share", figures.forbiddenShare());
        summary.put("bids", figures.bids());
        summary.put("shortlist_rounds", figures.rounds());
        summary.put("shortlists", figures.listed());
        summary.put("columns_not_read", MatchingRun.columnsNotRead(taskTable));
        checked.ifPresent(found -> summary.put("check", found.toMap()));
        Map<String, Object> ran = new LinkedHashMap<>(seconds);
        ran.put("command", words());
        summary.put("run", ran);
        return summary;
    }

    private MatchingReport report(MatchingFigures figures, Optional<MatchingCheck> checked, double seconds) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", ReportTexts.number(figures.tasks()));
        facts.put("matched", ReportTexts.number(figures.matched()));
        facts.put("no agent may have", ReportTexts.number(figures.withoutAgent()));
        facts.put("too many", ReportTexts.number(figures.shortOfAgents()));
        facts.put("places", ReportTexts.number(figures.places()));
        facts.put("score a task", String.format(Locale.ROOT, "%.6f", perTask(figures)));
        facts.put("of the most possible", String.format(Locale.ROOT, "%.4f %%", 100 * figures.share()));
        facts.put("forbidden pairs, about", String.format(Locale.ROOT, "%.1f %%", 100 * figures.forbiddenShare()));
        facts.put("seconds", String.format(Locale.ROOT, "%.1f", seconds));
        facts.put("version", Version.text());
        facts.put("command", ReportTexts.command("orchestrate", words()));
        List<String> proven = List.of(
                String.format(
                        Locale.ROOT,
                        "No assignment matches more than %,d of the %,d tasks: %,d are such that no agent with a place may have"
                                + " them, and of %,d there are too many for those who may.",
                        figures.matched(),
                        figures.tasks(),
                        figures.withoutAgent(),
                        figures.shortOfAgents()),
                String.format(
                        Locale.ROOT,
                        "The scores add up to %.6f, and by the prices (prices/, profits/) no assignment that matches as many"
                                + " can reach more than %.6f.",
                        figures.score(),
                        figures.bound()));
        List<List<String>> found = checked.map(MatchingCheck::toMap).orElse(Map.of()).entrySet().stream()
                .map(entry -> List.of(
                        entry.getKey().replace('_', ' '), entry.getValue().toString()))
                .toList();
        return new MatchingReport(facts, proven, found);
    }

    private static double perTask(MatchingFigures figures) {
        return figures.matched() == 0 ? 0 : figures.score() / figures.matched();
    }

    private List<String> words() {
        return spec.commandLine().getParent().getParseResult().originalArgs();
    }

    private void tell(OutputFolder folder, MatchingFigures figures, Optional<MatchingCheck> checked, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("agents    %,d groups with %,d places%n", figures.agentGroups(), figures.places());
        out.printf("tasks     %,d in %,d groups%n", figures.tasks(), figures.taskGroups());
        out.printf("pairs     %.1f %% forbidden, about%n", 100 * figures.forbiddenShare());
        out.printf("matched   %,d to %s%n", figures.matched(), folder.show("assignment"));
        out.printf(
                "unmatched %,d that no agent may have, %,d too many for those who may have them%n",
                figures.withoutAgent(), figures.shortOfAgents());
        out.printf(
                "score     %.6f a task, %s%n",
                perTask(figures),
                figures.exact()
                        ? "proven to be the highest"
                        : String.format("%.4f %% of what is proven to be the most", 100 * figures.share()));
        checked.ifPresent(found -> out.printf("check     %s%n", found.sentence()));
        out.printf("took      %.1f s%n", seconds);
    }
}
