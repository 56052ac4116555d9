package io.murmuration.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import io.murmuration.jobs.OrchestrationTables.Asked;
import io.murmuration.orchestration.AgentProfile;
import io.murmuration.orchestration.AssignmentRule;
import io.murmuration.orchestration.Consultation;
import io.murmuration.orchestration.MultiAgentOrchestrator;
import io.murmuration.orchestration.OrchestratorSettings;
import io.murmuration.orchestration.OrchestratorStatus;
import io.murmuration.orchestration.TaskRequest;
import io.murmuration.orchestration.TaskState;
import io.murmuration.report.StatusServer;
import io.murmuration.report.TasksReport;
import io.murmuration.summary.QuantileSketch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Registers agents, submits tasks, and writes what became of them. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Registers agents, submits tasks to them, and writes what became of each and why. A quick try:"
                + " programs use io.murmuration.orchestration.MultiAgentOrchestrator.")
final class OrchestrateRunJob implements Callable<Integer> {
    /** Which assignment is made of those that are possible. */
    private enum Rule {
        OPTIMAL,
        GREEDY;

        AssignmentRule rule() {
            return this == OPTIMAL ? AssignmentRule.OPTIMAL : AssignmentRule.GREEDY;
        }
    }

    @Option(
            names = "--agents",
            required = true,
            paramLabel = "FILE",
            description = "who the agents are, in YAML: id, capabilities, limit, and a model or a command")
    private Path agents;

    @Option(
            names = "--tasks",
            required = true,
            paramLabel = "FILE",
            description =
                    "a JSON object a line: name, payload, requirements, priority, …, or a group to ask and a pool")
    private Path tasks;

    @Option(
            names = "--rule",
            paramLabel = "optimal|greedy",
            defaultValue = "optimal",
            description = "how tasks are assigned (default: ${DEFAULT-VALUE})")
    private Rule rule;

    @Option(
            names = "--queue",
            defaultValue = "10000",
            paramLabel = "N",
            description = "tasks that are open at a time, at most; the next is submitted when one has ended"
                    + " (default: ${DEFAULT-VALUE})")
    private int queue;

    @Option(
            names = "--deadline",
            defaultValue = "300",
            paramLabel = "SECONDS",
            description = "when a task expires that has no deadline of its own (default: ${DEFAULT-VALUE})")
    private long deadline;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "seed of stochastic choices (default: ${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    private StatusArguments status;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (queue < 1 || deadline < 1) {
            throw new CallerException(
                    "--queue is " + queue + " and --deadline is " + deadline + ", expected at least 1 of each");
        }
        List<AgentProfile> profiles = AgentsFile.read(agents, seed);
        List<TaskLine> lines = TaskLine.read(tasks);
        int all = lines.stream()
                .mapToInt(line -> line.question()
                        .map(question -> question.agents().size())
                        .orElse(1))
                .sum();
        OrchestratorSettings settings = OrchestratorSettings.DEFAULT
                .withRule(rule.rule())
                .withQueueCapacity(Math.max(queue, all))
                .withKept(all, Duration.ofDays(365));
        OrchestrationWatch watch = new OrchestrationWatch();
        try (OutputFolder folder = output.open();
                MultiAgentOrchestrator orchestrator = MultiAgentOrchestrator.start(settings)) {
            folder.begin();
            orchestrator.listen(watch);
            profiles.forEach(orchestrator::register);
            List<Asked> asked;
            try (StatusServer page = status.start(
                    () -> watch.page(orchestrator), spec.commandLine().getErr())) {
                asked = submit(orchestrator, lines);
            } finally {
                close(profiles);
            }
            OrchestrationTables.write(folder, orchestrator, asked);
            OrchestratorStatus end = orchestrator.status();
            folder.write("summary.json", Json.pretty(summary(end, watch)));
            folder.write(
                    "report.html",
                    new TasksReport("Orchestration", facts(end, watch), "agents", watch.summary(end.agents())).html());
            print(folder, end, watch);
            return JobRunner.DONE;
        }
    }

    /** Processes of agents end with the job. */
    private static void close(List<AgentProfile> profiles) {
        for (AgentProfile profile : profiles) {
            if (profile.acting().orElseThrow() instanceof io.murmuration.orchestration.ProcessAgent process) {
                process.close();
            }
        }
    }

    /** Submits all, so many open at a time, and waits until they have ended. */
    private List<Asked> submit(MultiAgentOrchestrator orchestrator, List<TaskLine> lines) throws InterruptedException {
        Semaphore places = new Semaphore(queue);
        List<CompletableFuture<?>> ends = new ArrayList<>();
        List<CompletableFuture<Asked>> asked = new ArrayList<>();
        for (TaskLine line : lines) {
            int size = line.question().map(question -> question.agents().size()).orElse(1);
            // A group may be larger than the queue is long.
            int taken = Math.min(size, queue);
            places.acquire(taken);
            Instant until = Instant.now().plus(line.deadline().orElse(Duration.ofSeconds(deadline)));
            CompletableFuture<?> end;
            if (line.question().isPresent()) {
                CompletableFuture<Consultation<JsonNode>> consultation = orchestrator.ask(
                        line.question().get().agents(),
                        line.request(),
                        until,
                        line.question().get().pool());
                asked.add(consultation.thenApply(result -> new Asked(line, result)));
                end = consultation;
            } else {
                TaskRequest request = line.request().withDeadline(until);
                end = orchestrator.ending(orchestrator.submit(request).orThrow());
            }
            ends.add(end.whenComplete((result, failure) -> places.release(taken)));
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private Map<String, Object> summary(OrchestratorStatus end, OrchestrationWatch watch) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "orchestrate run");
        summary.put("version", Version.text());
        summary.put("rule", rule.name().toLowerCase(Locale.ROOT));
        summary.put("seed", seed);
        summary.put("accepted", end.accepted());
        summary.put("refused", end.refused());
        for (TaskState state : TaskState.values()) {
            summary.put(state.name().toLowerCase(Locale.ROOT), end.in(state));
        }
        summary.put("put_back", end.requeues());
        summary.put("late_answers", end.lateAnswers());
        summary.put("rounds", end.rounds());
        summary.put("agents", end.agents().size());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("command", words());
        run.put("seconds", watch.seconds());
        QuantileSketch waiting = watch.waiting();
        run.put("waiting_seconds_p50", waiting.count() == 0 ? null : waiting.quantile(0.5));
        run.put("waiting_seconds_p99", waiting.count() == 0 ? null : waiting.quantile(0.99));
        summary.put("run", run);
        return summary;
    }

    private List<String> words() {
        return spec.commandLine().getParent().getParseResult().originalArgs();
    }

    private Map<String, String> facts(OrchestratorStatus end, OrchestrationWatch watch) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", ReportTexts.number(end.accepted()));
        facts.put("completed", ReportTexts.number(end.in(TaskState.COMPLETED)));
        facts.put("failed", ReportTexts.number(end.in(TaskState.FAILED)));
        facts.put("expired", ReportTexts.number(end.in(TaskState.EXPIRED)));
        facts.put("put back", ReportTexts.number(end.requeues()));
        facts.put("late answers", ReportTexts.number(end.lateAnswers()));
        facts.put("rounds", ReportTexts.number(end.rounds()));
        facts.put("rule", rule.name().toLowerCase(Locale.ROOT));
        facts.put("agents", ReportTexts.number(end.agents().size()));
        facts.put("seconds", String.format(Locale.ROOT, "%.1f", watch.seconds()));
        facts.put("version", Version.text());
        facts.put("command", ReportTexts.command("orchestrate", words()));
        return facts;
    }

    private void print(OutputFolder folder, OrchestratorStatus end, OrchestrationWatch watch) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "tasks     %,d completed, %,d failed, %,d expired; %,d put back, %,d late answers%n",
                end.in(TaskState.COMPLETED),
                end.in(TaskState.FAILED),
                end.in(TaskState.EXPIRED),
                end.requeues(),
                end.lateAnswers());
        out.printf("rounds    %,d of the %s rule%n", end.rounds(), rule.name().toLowerCase(Locale.ROOT));
        out.printf("took      %.1f s%n", watch.seconds());
        out.printf("table     %s%n", folder.show(OrchestrationTables.TASKS));
        out.printf("report    %s%n", folder.show("report.html"));
    }
}
