package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.orchestration.OrchestrationEvent.AnswerLate;
import io.murmuration.orchestration.OrchestrationEvent.TaskMoved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * All tasks, from when they are accepted until they are forgotten, some time after they ended. Every change of a state is made
 * here, and told. Knows agents by their ids alone. Not safe for use by several threads.
 */
final class TaskBook {
    private final OrchestratorSettings settings;
    private final Consumer<OrchestrationEvent> events;
    private final Map<Long, Task> tasks = new HashMap<>();
    private final NavigableSet<Task> queue = new TreeSet<>(Task.QUEUE_ORDER);
    /** Of tasks that are queued, in the order in which kinds came. */
    private final Map<TaskKind, Integer> queuedKinds = new LinkedHashMap<>();

    private final Alarms<Long> deadlines = new Alarms<>();
    private final Alarms<Long> limits = new Alarms<>();
    private final Deque<Task> ended = new ArrayDeque<>();
    private final Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
    private long last;
    private long requeues;
    private long lateAnswers;

    TaskBook(OrchestratorSettings settings, Consumer<OrchestrationEvent> events) {
        this.settings = settings;
        this.events = events;
        for (TaskState state : TaskState.values()) {
            counts.put(state, 0L);
        }
    }

    Task accept(TaskRequest request, Instant now) {
        Task task = new Task(++last, request, now, settings.ageingStep(), settings.keptDecisions());
        tasks.put(task.id, task);
        enqueue(task);
        request.deadline().ifPresent(deadline -> deadlines.set(task.id, deadline));
        counts.merge(TaskState.QUEUED, 1L, Long::sum);
        tell(task, Optional.empty(), "accepted, and queued with priority " + request.priority(), now);
        return task;
    }

    /** Gives a queued task to an agent. */
    void assign(Task task, String agent, String reason, Instant now) {
        dequeue(task);
        task.attempt++;
        task.agent = Optional.of(agent);
        Duration limit = task.request.timeLimit().orElse(settings.timeLimit());
        task.until = Optional.of(now.plus(limit));
        limits.set(task.id, now.plus(limit));
        move(task, TaskState.ASSIGNED, reason, now);
    }

    void start(Task task, Instant now) {
        move(task, TaskState.RUNNING, "agent '" + task.agent.orElseThrow() + "' has begun", now);
    }

    void complete(Task task, JsonNode answer, Instant now) {
        task.answer = Optional.of(answer);
        end(task, TaskState.COMPLETED, "agent '" + task.agent.orElseThrow() + "' has answered", now);
    }

    void fail(Task task, String reason, Instant now) {
        end(task, TaskState.FAILED, reason, now);
    }

    void expire(Task task, Instant now) {
        end(
                task,
                TaskState.EXPIRED,
                "its deadline, " + task.request.deadline().orElseThrow() + ", passed while it was "
                        + (task.state == TaskState.QUEUED ? "queued" : "with agent '" + task.agent.orElseThrow() + "'"),
                now);
    }

    /** Takes a task back from its agent: to the queue, or to its end if it has no attempt left. */
    void takeBack(Task task, boolean isSpent, String reason, Instant now) {
        if (isSpent) {
            task.spent++;
        }
        if (task.spent == task.request.attempts()) {
            end(task, TaskState.FAILED, reason + "; that was the last of " + task.spent + " attempts", now);
            return;
        }
        limits.clear(task.id);
        task.until = Optional.empty();
        move(task, TaskState.QUEUED, reason + "; queued again", now);
        task.agent = Optional.empty();
        requeues++;
        enqueue(task);
    }

    void late(Task task, LateAnswer answer) {
        task.late(answer);
        lateAnswers++;
        events.accept(new AnswerLate(answer.at(), answer.attempt()));
    }

    private void end(Task task, TaskState state, String reason, Instant now) {
        if (task.state == TaskState.QUEUED) {
            dequeue(task);
        }
        deadlines.clear(task.id);
        limits.clear(task.id);
        task.until = Optional.empty();
        move(task, state, reason, now);
        ended.addLast(task);
        prune(now);
    }

    private void move(Task task, TaskState to, String reason, Instant now) {
        TaskState from = task.state;
        counts.merge(from, -1L, Long::sum);
        counts.merge(to, 1L, Long::sum);
        task.state = to;
        task.since = now;
        tell(task, Optional.of(from), reason, now);
    }

    private void tell(Task task, Optional<TaskState> from, String reason, Instant now) {
        task.decide(new Decision(now, reason));
        events.accept(new TaskMoved(now, task.id, from, task.state, task.attempt, task.agent, reason));
    }

    private void enqueue(Task task) {
        queue.add(task);
        queuedKinds.merge(task.kind, 1, Integer::sum);
    }

    private void dequeue(Task task) {
        queue.remove(task);
        queuedKinds.computeIfPresent(task.kind, (kind, count) -> count == 1 ? null : count - 1);
    }

    /** Forgets tasks that ended long ago, or before many others. */
    void prune(Instant now) {
        while (!ended.isEmpty()
                && (ended.size() > settings.keptTasks()
                        || !ended.getFirst().since.plus(settings.keptFor()).isAfter(now))) {
            tasks.remove(ended.removeFirst().id);
        }
    }

    /** Tasks whose deadlines passed. */
    List<Task> pastDeadline(Instant now) {
        return deadlines.due(now).stream().map(tasks::get).toList();
    }

    /** Tasks whose attempts take too long. */
    List<Task> pastLimit(Instant now) {
        return limits.due(now).stream().map(tasks::get).toList();
    }

    /** When something is due next, that does not depend on agents. */
    Optional<Instant> nextDue() {
        Optional<Instant> forgotten = ended.isEmpty()
                ? Optional.empty()
                : Optional.of(ended.getFirst().since.plus(settings.keptFor()));
        return Earliest.of(deadlines.first(), limits.first(), forgotten);
    }

    Optional<Task> find(long id) {
        return Optional.ofNullable(tasks.get(id));
    }

    /** A task that is open. */
    Task open(long id) {
        return tasks.get(id);
    }

    TaskLookup lookup(long id) {
        Task task = tasks.get(id);
        if (task != null) {
            return new TaskLookup.Known(task.view());
        }
        return wasAccepted(id) ? new TaskLookup.NoLongerKept(id) : new TaskLookup.NeverKnown(id);
    }

    boolean wasAccepted(long id) {
        return id >= 1 && id <= last;
    }

    /** Tasks that are queued, the first first. */
    Collection<Task> queue() {
        return Collections.unmodifiableCollection(queue);
    }

    /** How many tasks of each kind are queued. */
    Map<TaskKind, Integer> queuedKinds() {
        return Collections.unmodifiableMap(queuedKinds);
    }

    /** Tasks that have not ended, in the order of ids. */
    List<Task> open() {
        return tasks.values().stream()
                .filter(task -> !task.state.isEnd())
                .sorted((a, b) -> Long.compare(a.id, b.id))
                .toList();
    }

    /** Views of all tasks that are kept, in the order of ids. */
    List<TaskView> all() {
        return tasks.values().stream()
                .sorted((a, b) -> Long.compare(a.id, b.id))
                .map(Task::view)
                .toList();
    }

    Map<TaskState, Long> counts() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    long accepted() {
        return last;
    }

    long requeues() {
        return requeues;
    }

    long lateAnswers() {
        return lateAnswers;
    }
}
