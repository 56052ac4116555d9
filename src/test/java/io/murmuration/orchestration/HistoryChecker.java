package io.murmuration.orchestration;

import io.murmuration.orchestration.OrchestrationEvent.AgentDeparted;
import io.murmuration.orchestration.OrchestrationEvent.AgentRegistered;
import io.murmuration.orchestration.OrchestrationEvent.AnswerLate;
import io.murmuration.orchestration.OrchestrationEvent.RequestRefused;
import io.murmuration.orchestration.OrchestrationEvent.TaskMoved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a history event by event, in the order in which it was told, and notes whatever must not be: it knows the rules of the
 * game, and nothing of how they are kept.
 */
final class HistoryChecker implements OrchestrationListener {
    /** As much as a test wants to read. */
    private static final int MOST_FAULTS = 20;

    // No hash map: model checkers give objects other identities, and thereby enums other hash codes.
    private static final Map<TaskState, Set<TaskState>> LEGAL = new EnumMap<>(TaskState.class);

    static {
        LEGAL.put(TaskState.QUEUED, EnumSet.of(TaskState.ASSIGNED, TaskState.EXPIRED, TaskState.FAILED));
        LEGAL.put(
                TaskState.ASSIGNED,
                EnumSet.of(TaskState.RUNNING, TaskState.QUEUED, TaskState.EXPIRED, TaskState.FAILED));
        LEGAL.put(
                TaskState.RUNNING,
                EnumSet.of(TaskState.COMPLETED, TaskState.QUEUED, TaskState.EXPIRED, TaskState.FAILED));
    }

    private record Known(TaskState state, int attempt, Optional<String> agent) {}

    private final Map<Long, Known> tasks = new HashMap<>();
    private final Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, Integer> loads = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Instant last = Instant.MIN;
    private long events;
    private long accepted;
    private long refused;
    private long late;
    private long requeues;

    HistoryChecker() {
        for (TaskState state : TaskState.values()) {
            counts.put(state, 0L);
        }
    }

    @Override
    public synchronized void on(OrchestrationEvent event) {
        events++;
        check(!event.at().isBefore(last), event, "before the event that came first, of " + last);
        last = event.at();
        if (event instanceof TaskMoved moved) {
            moved(moved);
        } else if (event instanceof RequestRefused) {
            refused++;
        } else if (event instanceof AnswerLate answer) {
            late(answer);
        } else if (event instanceof AgentRegistered registered) {
            check(!limits.containsKey(registered.agent()), event, "registered already");
            limits.put(registered.agent(), registered.limit());
            loads.put(registered.agent(), 0);
        } else if (event instanceof AgentDeparted departed) {
            check(limits.containsKey(departed.agent()), event, "not registered");
            check(loads.getOrDefault(departed.agent(), 0) == 0, event, "departs with tasks");
            limits.remove(departed.agent());
            loads.remove(departed.agent());
        }
        check(counts.values().stream().mapToLong(Long::longValue).sum() == accepted, event, "tasks are not conserved");
    }

    private void moved(TaskMoved event) {
        Known before = tasks.get(event.task());
        if (event.from().isEmpty()) {
            accepted++;
            check(before == null, event, "accepted twice");
            check(event.task() == accepted, event, "not the next id");
            check(event.to() == TaskState.QUEUED && event.attempt() == 0, event, "does not begin in the queue");
        } else {
            check(
                    before != null && event.from().get() == before.state(),
                    event,
                    "not from the state it had: " + before);
            check(LEGAL.getOrDefault(event.from().get(), Set.of()).contains(event.to()), event, "not a legal move");
            counts.merge(event.from().get(), -1L, Long::sum);
            int expected = before.attempt() + (event.to() == TaskState.ASSIGNED ? 1 : 0);
            check(event.attempt() == expected, event, "expected attempt " + expected);
            agents(before, event);
        }
        if (event.from().isPresent() && event.to() == TaskState.QUEUED) {
            requeues++;
        }
        counts.merge(event.to(), 1L, Long::sum);
        tasks.put(event.task(), new Known(event.to(), event.attempt(), event.agent()));
    }

    private void agents(Known before, TaskMoved event) {
        if (event.to() == TaskState.ASSIGNED) {
            String agent = event.agent().orElseThrow();
            check(limits.containsKey(agent), event, "to an agent that is not registered");
            int load = loads.merge(agent, 1, Integer::sum);
            check(load <= limits.getOrDefault(agent, 0), event, "load " + load + " is above the limit");
        } else if (before.state().isWithAgent()) {
            check(event.agent().equals(before.agent()), event, "from another agent than the one that has it");
            if (!event.to().isWithAgent()) {
                loads.merge(before.agent().orElseThrow(), -1, Integer::sum);
            }
        }
    }

    private void late(AnswerLate event) {
        late++;
        Known task = tasks.get(event.attempt().task());
        check(task != null, event, "of a task that is not known");
        check(
                event.attempt().number() <= task.attempt()
                        && (event.attempt().number() < task.attempt()
                                || !task.state().isWithAgent()),
                event,
                "of the current attempt, or of none: " + task);
    }

    private void check(boolean holds, OrchestrationEvent event, String fault) {
        if (!holds && faults.size() < MOST_FAULTS) {
            faults.add(event + ": " + fault);
        }
    }

    /** Whatever must not have been; and whether the books say the same as the history. */
    synchronized List<String> faults(OrchestratorStatus status) {
        List<String> all = new ArrayList<>(faults);
        if (!status.tasks().equals(counts)) {
            all.add("the history ends with " + counts + ", the books say " + status.tasks());
        }
        if (status.accepted() != accepted
                || status.refused() != refused
                || status.lateAnswers() != late
                || status.requeues() != requeues) {
            all.add("the history has " + this + ", the books say " + status);
        }
        return all;
    }

    synchronized long events() {
        return events;
    }

    @Override
    public synchronized String toString() {
        return events + " events: " + accepted + " accepted, " + refused + " refused, " + requeues + " requeued, "
                + late + " late answers; " + counts;
    }
}
