package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import io.murmuration.scaling.InvalidJournalException;
import io.murmuration.scaling.InvalidSettingsException;
import io.murmuration.scaling.Journal;
import io.murmuration.scaling.JournalReplay;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ReplayedTick;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.RollingForecast;
import io.murmuration.scaling.ScalingDecision;
import io.murmuration.scaling.ScalingOutcome;
import io.murmuration.scaling.policy.PolicyCatalog;
import io.murmuration.scaling.spark.TickHistory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The decisions of a live run, made again from its journal, and whether they are the same. */
final class ReplayedJournal {
    private static final int CHANGES_SHOWN = 1_000;
    private static final String DECISIONS = "decisions.csv";

    private final Path file;
    private final Journal journal;
    private final List<ReplayedTick> ticks;
    /** What decided, as a file is named after it. */
    private final String policy;

    private ReplayedJournal(Path file, Journal journal, List<ReplayedTick> ticks, String policy) {
        this.file = file;
        this.journal = journal;
        this.ticks = ticks;
        this.policy = policy;
    }

    /**
     * Decides anew.
     *
     * @param policies what decides, as settings name policies; empty for those of the journal
     * @throws CallerException if the file is no journal, or there are no such policies
     */
    static ReplayedJournal of(Path file, List<String> policies) {
        try {
            Journal journal = Journal.read(file);
            JournalReplay replay = new JournalReplay(journal, PolicyCatalog.ofTasks(), new RollingForecast());
            return new ReplayedJournal(
                    file,
                    journal,
                    policies.isEmpty()
                            ? replay.replay()
                            : replay.replay(journal.settings().withPolicies(policies)),
                    policies.isEmpty() ? "recorded" : String.join("+", policies));
        } catch (InvalidJournalException | InvalidSettingsException e) {
            throw new CallerException(e.getMessage() + " (--journal)");
        }
    }

    private long differing() {
        return ticks.stream().filter(tick -> !tick.isSame()).count();
    }

    /** Writes table, steps, summary and report. */
    void write(OutputFolder folder) {
        folder.write(DECISIONS, decisions());
        folder.write("steps/" + name() + "/" + policy + ".csv", steps());
        folder.write("summary.json", Json.pretty(summary()));
        TickHistory history = new TickHistory(Math.max(1, ticks.size()), CHANGES_SHOWN);
        for (ReplayedTick tick : ticks) {
            history.add(
                    tick.recorded().metrics(),
                    tick.decision(),
                    outcome(tick),
                    tick.recorded().metrics().labels().getOrDefault("executors", "as recorded"));
        }
        folder.write(
                "report.html",
                history.report("Decisions of " + file.getFileName() + ", made again")
                        .html());
    }

    /** What became of the decision; of one for another number nothing did, and what was done instead is told. */
    private static ScalingOutcome outcome(ReplayedTick tick) {
        ScalingDecision then = tick.recorded().decision();
        ScalingOutcome outcome = tick.recorded().outcome();
        return then.recommended() == tick.decision().recommended()
                ? outcome
                : new ScalingOutcome.Advised(
                        "recorded was " + then.present() + " → " + then.recommended() + ", " + inWords(outcome));
    }

    private static String inWords(ScalingOutcome outcome) {
        if (outcome instanceof ScalingOutcome.Advised advised) {
            return "only advised: " + advised.reason();
        }
        if (outcome instanceof ScalingOutcome.Failed failed) {
            return "which failed: " + failed.reason();
        }
        return outcome instanceof ScalingOutcome.Applied ? "which was carried out" : "which changed nothing";
    }

    /** The file's name without its ending. */
    private String name() {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /** In the columns of a backtest. */
    private String steps() {
        StringBuilder rows = new StringBuilder("step,load,desired,ready,queue\n");
        for (int step = 0; step < ticks.size(); step++) {
            ResourceMetrics metrics = ticks.get(step).recorded().metrics();
            rows.append(step)
                    .append(',')
                    .append(cell(metrics.get(Metric.LOAD)))
                    .append(',')
                    .append(ticks.get(step).decision().recommended())
                    .append(',')
                    .append((int) metrics.get(Metric.ACTIVE_INSTANCES, 0))
                    .append(',')
                    .append(cell(metrics.get(Metric.QUEUED_WORK)))
                    .append('\n');
        }
        return rows.toString();
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    private String decisions() {
        StringBuilder rows = new StringBuilder("timestamp,present,recorded,recommended,same,reasons\n");
        for (ReplayedTick tick : ticks) {
            rows.append(tick.decision().at())
                    .append(',')
                    .append(tick.decision().present())
                    .append(',')
                    .append(tick.recorded().decision().recommended())
                    .append(',')
                    .append(tick.decision().recommended())
                    .append(',')
                    .append(tick.isSame())
                    .append(",\"")
                    .append(String.join("; ", tick.decision().reasons()).replace("\"", "\"\""))
                    .append("\"\n");
        }
        return rows.toString();
    }

    private Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "backtest");
        summary.put("journal", file.toString());
        summary.put("policy", policy);
        summary.put("ticks", ticks.size());
        summary.put(
                "changes",
                ticks.stream().filter(tick -> tick.decision().isChange()).count());
        summary.put("differing", differing());
        summary.put("torn", journal.torn().orElse(null));
        summary.put("version", Version.text());
        return summary;
    }

    /** The closing lines; a decision that is another one is told. */
    void tell(PrintWriter out, OutputFolder folder) {
        journal.torn().ifPresent(torn -> out.printf("left out  %s%n", torn));
        out.printf("decided   %,d ticks anew, %,d as recorded%n", ticks.size(), ticks.size() - differing());
        Optional<ReplayedTick> first =
                ticks.stream().filter(tick -> !tick.isSame()).findFirst();
        first.ifPresent(tick -> out.printf(
                "first     at %s: %d instead of %d%n",
                tick.decision().at(),
                tick.decision().recommended(),
                tick.recorded().decision().recommended()));
        out.printf("decisions %s%n", folder.show(DECISIONS));
        out.printf("report    %s%n", folder.show("report.html"));
    }
}
