package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A task and what happened to it. Where it stands in the queue never changes: with a priority more for each step waited,
 * a task of higher priority is as one that came so many steps earlier, and two tasks keep their order however long they wait.
 */
final class Task {
    static final Comparator<Task> QUEUE_ORDER =
            Comparator.comparing((Task task) -> task.asIfFrom).thenComparingLong(task -> task.id);

    final long id;
    final TaskRequest request;
    final TaskKind kind;
    final Instant submitted;
    private final Instant asIfFrom;
    private final int kept;
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private final Deque<LateAnswer> late = new ArrayDeque<>();

    TaskState state = TaskState.QUEUED;
    int attempt;
    int spent;
    Optional<String> agent = Optional.empty();
    Optional<Instant> until = Optional.empty();
    Optional<JsonNode> answer = Optional.empty();
    Instant since;
    String reason = "";
    private Optional<Decision> first = Optional.empty();

    Task(long id, TaskRequest request, Instant submitted, Duration ageingStep, int kept) {
        this.id = id;
        this.request = request;
        this.submitted = submitted;
        this.kept = kept;
        kind = TaskKind.of(request);
        since = submitted;
        asIfFrom = submitted.minus(ageingStep.multipliedBy(request.priority()));
    }

    Attempt current() {
        return new Attempt(id, attempt);
    }

    /** Whether this attempt may still end the task. */
    boolean isCurrent(Attempt other) {
        return state.isWithAgent() && other.number() == attempt;
    }

    void decide(Decision decision) {
        reason = decision.sentence();
        if (first.isEmpty()) {
            first = Optional.of(decision);
            return;
        }
        if (decisions.size() == kept) {
            decisions.removeFirst();
        }
        decisions.addLast(decision);
    }

    void late(LateAnswer lateAnswer) {
        if (late.size() == kept) {
            late.removeFirst();
        }
        late.addLast(lateAnswer);
    }

    /** The first decision and the last ones. */
    List<Decision> decisions() {
        List<Decision> all = new ArrayList<>();
        first.ifPresent(all::add);
        all.addAll(decisions);
        return all;
    }

    TaskView view() {
        return new TaskView(
                id, request, state, attempt, spent, agent, submitted, since, until, answer, reason, List.copyOf(late));
    }
}
