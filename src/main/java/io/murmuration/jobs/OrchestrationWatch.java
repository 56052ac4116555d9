package io.murmuration.jobs;

import io.murmuration.orchestration.AgentView;
import io.murmuration.orchestration.MultiAgentOrchestrator;
import io.murmuration.orchestration.OrchestrationEvent;
import io.murmuration.orchestration.OrchestrationEvent.TaskMoved;
import io.murmuration.orchestration.OrchestrationListener;
import io.murmuration.orchestration.OrchestratorStatus;
import io.murmuration.orchestration.TaskState;
import io.murmuration.report.StatusPage;
import io.murmuration.report.StatusPage.Phase;
import io.murmuration.report.StatusPage.Table;
import io.murmuration.report.TasksReport;
import io.murmuration.summary.QuantileSketch;
import io.murmuration.summary.TaskMoment;
import io.murmuration.summary.TaskSeries;
import io.murmuration.summary.TaskSummary;
import io.murmuration.summary.TaskSummary.TaskFailure;
import io.murmuration.summary.TaskSummary.WorkerLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Is told of everything that an orchestrator does, for the page that shows how it stands and for the report at its end. */
final class OrchestrationWatch implements OrchestrationListener {
    private static final int AGENTS_SHOWN = 50;
    private static final double NANOSECONDS = 1e9;

    private final Map<Long, Times> open = new HashMap<>();
    private final Map<TaskState, Long> counts = new HashMap<>();
    private final TaskSeries series = new TaskSeries();
    private final QuantileSketch waiting = new QuantileSketch();
    private final QuantileSketch running = new QuantileSketch();
    private final Map<String, Load> loads = new TreeMap<>();
    private final Map<String, TaskFailure> failures = new HashMap<>();
    private Optional<Instant> first = Optional.empty();
    private Instant last = Instant.EPOCH;

    /** When a task that is open was submitted, and began. */
    private static final class Times {
        private final Instant submitted;
        private Optional<Instant> firstBegun = Optional.empty();
        private Optional<Instant> lastBegun = Optional.empty();

        Times(Instant submitted) {
            this.submitted = submitted;
        }
    }

    /** What an agent has done. */
    private record Load(long tasks, Duration busy) {
        Load plus(Load more) {
            return new Load(tasks + more.tasks, busy.plus(more.busy));
        }
    }

    @Override
    public synchronized void on(OrchestrationEvent event) {
        if (event instanceof TaskMoved moved) {
            moved(moved);
        }
    }

    private void moved(TaskMoved moved) {
        first = Optional.of(first.orElse(moved.at()));
        last = moved.at();
        Times times = open.computeIfAbsent(moved.task(), task -> new Times(moved.at()));
        moved.from().ifPresent(from -> counts.merge(from, -1L, Long::sum));
        counts.merge(moved.to(), 1L, Long::sum);
        if (moved.from().equals(Optional.of(TaskState.RUNNING))) {
            Duration worked = Duration.between(times.lastBegun.orElseThrow(), moved.at());
            moved.agent()
                    .ifPresent(agent -> loads.merge(
                            agent, new Load(moved.to() == TaskState.COMPLETED ? 1 : 0, worked), Load::plus));
        }
        if (moved.to() == TaskState.RUNNING) {
            times.firstBegun = Optional.of(times.firstBegun.orElse(moved.at()));
            times.lastBegun = Optional.of(moved.at());
        } else if (moved.to().isEnd()) {
            ended(moved, times);
        }
        series.add(new TaskMoment(
                moved.at(),
                count(TaskState.QUEUED) + count(TaskState.ASSIGNED),
                count(TaskState.RUNNING),
                new TreeMap<>(Map.of(
                        "succeeded",
                        count(TaskState.COMPLETED),
                        "failed",
                        count(TaskState.FAILED),
                        "expired",
                        count(TaskState.EXPIRED)))));
    }

    private void ended(TaskMoved moved, Times times) {
        times.firstBegun.ifPresent(begun -> waiting.add(seconds(Duration.between(times.submitted, begun))));
        times.lastBegun.ifPresent(begun -> running.add(seconds(Duration.between(begun, moved.at()))));
        open.remove(moved.task());
        if (moved.to() != TaskState.COMPLETED) {
            failures.merge(
                    moved.reason(),
                    new TaskFailure(moved.reason(), 1, "task " + moved.task()),
                    (before, one) -> new TaskFailure(before.reason(), before.tasks() + 1, before.example()));
        }
    }

    private long count(TaskState state) {
        return counts.getOrDefault(state, 0L);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOSECONDS;
    }

    /** From the first submission to the last that happened. */
    synchronized double seconds() {
        return first.map(begin -> seconds(Duration.between(begin, last))).orElse(0.0);
    }

    /** Seconds from submission to the first start. */
    QuantileSketch waiting() {
        return waiting;
    }

    /** How it stands. */
    StatusPage page(MultiAgentOrchestrator orchestrator) {
        OrchestratorStatus status = orchestrator.status();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("accepted", ReportTexts.number(status.accepted()));
        facts.put("refused", ReportTexts.number(status.refused()));
        for (TaskState state : TaskState.values()) {
            facts.put(state.name().toLowerCase(Locale.ROOT), ReportTexts.number(status.in(state)));
        }
        facts.put("put back", ReportTexts.number(status.requeues()));
        facts.put("late answers", ReportTexts.number(status.lateAnswers()));
        facts.put("rounds", ReportTexts.number(status.rounds()));
        synchronized (this) {
            return new StatusPage(
                    "Orchestration",
                    Phase.RUNNING,
                    "Tasks are given to " + status.agents().size() + " agents.",
                    facts,
                    TasksReport.charts(series),
                    List.of(new Table(
                            "Agents",
                            List.of("agent", "is", "has", "of", "completed", "failed", "note"),
                            status.agents().stream()
                                    .limit(AGENTS_SHOWN)
                                    .map(OrchestrationWatch::row)
                                    .toList())));
        }
    }

    private static List<String> row(AgentView agent) {
        return List.of(
                agent.id(),
                agent.standing().name().toLowerCase(Locale.ROOT),
                Integer.toString(agent.tasks().size()),
                Integer.toString(agent.limit()),
                ReportTexts.number(agent.completed()),
                ReportTexts.number(agent.failed()),
                agent.note());
    }

    /**
     * All of it, at the end.
     *
     * @param agents all that there were
     */
    synchronized TaskSummary summary(List<AgentView> agents) {
        List<WorkerLoad> all = new ArrayList<>();
        double seconds = Math.max(1e-9, seconds());
        for (AgentView agent : agents) {
            Load load = loads.getOrDefault(agent.id(), new Load(0, Duration.ZERO));
            all.add(new WorkerLoad(
                    agent.id(), load.tasks(), Math.min(1, seconds(load.busy()) / (agent.limit() * seconds))));
        }
        return new TaskSummary(series, waiting, running, all, List.copyOf(failures.values()));
    }
}
