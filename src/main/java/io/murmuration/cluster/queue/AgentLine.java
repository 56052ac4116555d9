package io.murmuration.cluster.queue;

import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.BeliefKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * The tasks of one agent that wait, in the order of their submission. The line is as urgent as the most urgent of them, since
 * that one has to wait for those before it.
 */
final class AgentLine {
    /** The more urgent first: by priority, deadline and age. Lines must not change while they are ordered by it. */
    static final Comparator<AgentLine> BY_URGENCY = Comparator.<AgentLine>comparingInt(
                    line -> line.priorities.lastKey())
            .reversed()
            .thenComparing(line -> line.deadlines.isEmpty() ? Instant.MAX : line.deadlines.firstKey())
            .thenComparing(AgentLine::number);

    /** The one whose first task came first. */
    static final Comparator<AgentLine> BY_AGE = Comparator.comparingLong(AgentLine::number);

    private final BeliefKey key;
    private final Deque<AcceptedTask> tasks = new ArrayDeque<>();
    /** How many tasks have which priority, and which deadline. */
    private final TreeMap<Integer, Integer> priorities = new TreeMap<>();

    private final TreeMap<Instant, Integer> deadlines = new TreeMap<>();
    /** Tasks of the agent that workers have. */
    private int dispatched;

    AgentLine(BeliefKey key) {
        this.key = key;
    }

    BeliefKey key() {
        return key;
    }

    /** Whether workers have earlier tasks of the agent, for which those of the line must wait. */
    boolean isBusy() {
        return dispatched > 0;
    }

    /** Tasks of the agent that workers have. */
    int dispatched() {
        return dispatched;
    }

    void setDispatched(int count) {
        dispatched = count;
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** How many tasks wait. */
    int size() {
        return tasks.size();
    }

    AcceptedTask first() {
        return tasks.getFirst();
    }

    private long number() {
        return first().number();
    }

    void addLast(AcceptedTask task) {
        tasks.addLast(task);
        count(task, 1);
    }

    void addFirst(AcceptedTask task) {
        tasks.addFirst(task);
        count(task, 1);
    }

    void remove(AcceptedTask task) {
        tasks.remove(task);
        count(task, -1);
    }

    /** Takes tasks out that stand at the front and came in the same way as the first one. */
    List<AcceptedTask> takeFirst(int most) {
        List<AcceptedTask> taken = new ArrayList<>();
        boolean bulk = first().bulk();
        while (taken.size() < most && !tasks.isEmpty() && first().bulk() == bulk) {
            AcceptedTask task = tasks.removeFirst();
            count(task, -1);
            taken.add(task);
        }
        return taken;
    }

    private void count(AcceptedTask task, int change) {
        count(priorities, task.request().priority(), change);
        task.request().deadline().ifPresent(deadline -> count(deadlines, deadline, change));
    }

    private static <K> void count(TreeMap<K, Integer> counts, K key, int change) {
        counts.merge(key, change, (before, more) -> before + more == 0 ? null : Integer.valueOf(before + more));
    }
}
