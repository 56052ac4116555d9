package io.murmuration.cluster.queue;

import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.BeliefKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tasks that wait for a worker, and which of them go next. Single tasks are gathered into micro-batches, by number and age; an
 * agent's tasks go in the order of their submission, and the next only when the ones before are done; what came with a batch
 * leaves a place for what came alone, and the other way round.
 *
 * <p>A micro-batch that fails is halved until the task that makes it fail is alone. One thread at a time; time is what it is told.
 */
public final class TaskQueue {
    private final int size;
    private final Duration age;
    private final int attempts;
    private int mostInFlight = 1;

    private final Map<BeliefKey, AgentLine> lines = new HashMap<>();
    private final Map<Long, AcceptedTask> waiting = new HashMap<>();
    private final TreeMap<Instant, Set<AcceptedTask>> deadlines = new TreeMap<>();
    private final Lane alone = new Lane();
    private final Lane bulk = new Lane();
    /** Parts of micro-batches that failed; the lines of their agents are busy. */
    private final Deque<MicroBatch> again = new ArrayDeque<>();

    private int dispatched;

    /**
     * @param size how many tasks a micro-batch has at most
     * @param age how long a task waits for others to go with, at most
     * @param attempts how often a task is tried alone before it has failed, at least 1
     */
    public TaskQueue(int size, Duration age, int attempts) {
        this.size = size;
        this.age = age;
        this.attempts = attempts;
    }

    /** How many micro-batches may be with workers at a time from now on, at least 1. */
    public void allowInFlight(int most) {
        mostInFlight = most;
    }

    /** Tasks that no worker has. */
    public int waiting() {
        return waiting.size();
    }

    /** Tasks that workers have, or had without success. */
    public int dispatched() {
        return dispatched;
    }

    /** Whether a task waits, and no worker has had it. */
    public boolean isWaiting(long number) {
        return waiting.containsKey(number);
    }

    /** How many tasks of an agent wait, or are with workers. */
    public int outstanding(BeliefKey key) {
        AgentLine line = lines.get(key);
        return line == null ? 0 : line.size() + line.dispatched();
    }

    /** Adds a task behind those of its agent. */
    public void add(AcceptedTask task) {
        AgentLine line = lines.computeIfAbsent(task.key(), AgentLine::new);
        lift(line);
        line.addLast(task);
        place(line);
        enter(task);
    }

    private void enter(AcceptedTask task) {
        waiting.put(task.number(), task);
        task.request().deadline().ifPresent(deadline -> deadlines
                .computeIfAbsent(deadline, unused -> new LinkedHashSet<>())
                .add(task));
    }

    private void leave(AcceptedTask task) {
        waiting.remove(task.number());
        task.request()
                .deadline()
                .ifPresent(deadline -> deadlines.computeIfPresent(deadline, (unused, tasks) -> {
                    tasks.remove(task);
                    return tasks.isEmpty() ? null : tasks;
                }));
    }

    /** Takes a line out of its lane, so that it can be changed. */
    private void lift(AgentLine line) {
        if (!line.isBusy() && !line.isEmpty()) {
            lane(line.first().bulk()).remove(line);
        }
    }

    /** Puts a line where it belongs now. */
    private void place(AgentLine line) {
        if (line.isBusy()) {
            return;
        }
        if (line.isEmpty()) {
            lines.remove(line.key());
        } else {
            lane(line.first().bulk()).add(line);
        }
    }

    private Lane lane(boolean ofBatches) {
        return ofBatches ? bulk : alone;
    }

    /** Takes a task out that no worker has had; false if there is none of that number. */
    public boolean cancel(long number) {
        AcceptedTask task = waiting.get(number);
        if (task == null) {
            return false;
        }
        drop(task);
        return true;
    }

    private void drop(AcceptedTask task) {
        AgentLine line = lines.get(task.key());
        lift(line);
        line.remove(task);
        place(line);
        leave(task);
    }

    /** Takes out those whose deadline has passed. */
    public List<AcceptedTask> takeOverdue(Instant now) {
        List<AcceptedTask> overdue = deadlines.headMap(now, true).values().stream()
                .flatMap(Collection::stream)
                .toList();
        overdue.forEach(this::drop);
        return overdue;
    }

    /** Takes all out that no worker has had. */
    public List<AcceptedTask> takeAll() {
        List<AcceptedTask> all = List.copyOf(waiting.values());
        all.forEach(this::drop);
        return all;
    }

    /** What is to go to a worker now; empty where all that waits can wait. */
    public Optional<MicroBatch> take(Instant now) {
        if (alone.inFlight() + bulk.inFlight() >= mostInFlight) {
            return Optional.empty();
        }
        Optional<MicroBatch> next = Optional.ofNullable(again.poll()).or(() -> Stream.of(false, true)
                .filter(ofBatches -> mayGo(lane(ofBatches)) && lane(ofBatches).isDue(now, size, age))
                .findFirst()
                .map(this::gather));
        next.ifPresent(batch -> lane(batch.bulk()).addInFlight(1));
        return next;
    }

    /** Whether a lane leaves a place for the other. */
    private boolean mayGo(Lane lane) {
        return lane.inFlight() < Math.max(1, mostInFlight - 1);
    }

    private MicroBatch gather(boolean ofBatches) {
        Lane lane = lane(ofBatches);
        List<AgentRun> runs = new ArrayList<>();
        int taken = 0;
        while (taken < size && !lane.isEmpty()) {
            AgentLine line = lane.mostUrgent();
            lane.remove(line);
            List<AcceptedTask> tasks = line.takeFirst(size - taken);
            line.setDispatched(tasks.size());
            tasks.forEach(this::leave);
            taken += tasks.size();
            runs.add(new AgentRun(line.key(), tasks));
        }
        dispatched += taken;
        return new MicroBatch(ofBatches, runs, 0);
    }

    /** When there may be something to do if nothing else happens; empty for never. */
    public Optional<Instant> dueAt() {
        Stream<Instant> lanes = alone.inFlight() + bulk.inFlight() >= mostInFlight
                ? Stream.empty()
                : Stream.of(alone, bulk).filter(this::mayGo).flatMap(lane -> lane.dueAt(age).stream());
        Stream<Instant> first = deadlines.isEmpty() ? Stream.empty() : Stream.of(deadlines.firstKey());
        return Stream.concat(lanes, first).min(Instant::compareTo);
    }

    /** A micro-batch is done: what its agents have besides may go. */
    public void succeeded(MicroBatch batch) {
        landed(batch);
        batch.runs().forEach(this::free);
    }

    private void landed(MicroBatch batch) {
        lane(batch.bulk()).addInFlight(-1);
    }

    private void free(AgentRun run) {
        dispatched -= run.tasks().size();
        AgentLine line = lines.get(run.key());
        line.setDispatched(0);
        place(line);
    }

    /** A micro-batch was not tried, by no fault of its tasks: it goes once more as it is. */
    public void repeat(MicroBatch batch) {
        landed(batch);
        again.add(batch);
    }

    /** The task that has failed for the last time if this micro-batch has failed now. */
    public Optional<AcceptedTask> givesUp(MicroBatch batch) {
        return batch.size() == 1 && batch.failures() + 1 >= attempts
                ? batch.tasks().findFirst()
                : Optional.empty();
    }

    /**
     * A micro-batch has failed: its halves go again, each by itself, in the end each task alone; the one that has failed for
     * the last time does not.
     */
    public void failed(MicroBatch batch) {
        landed(batch);
        AgentRun run = batch.runs().get(0);
        if (batch.runs().size() > 1) {
            int half = batch.runs().size() / 2;
            again.add(batch.part(batch.runs().subList(0, half)));
            again.add(batch.part(batch.runs().subList(half, batch.runs().size())));
        } else if (run.tasks().size() > 1) {
            int half = run.tasks().size() / 2;
            putBack(run, half);
            again.add(batch.part(List.of(new AgentRun(run.key(), run.tasks().subList(0, half)))));
        } else if (givesUp(batch).isPresent()) {
            free(run);
        } else {
            again.add(batch.failedAgain());
        }
    }

    /** The later tasks of a run wait again, before all others of the agent: they go on from what the earlier ones leave. */
    private void putBack(AgentRun run, int from) {
        AgentLine line = lines.get(run.key());
        for (int i = run.tasks().size() - 1; i >= from; i--) {
            line.addFirst(run.tasks().get(i));
            enter(run.tasks().get(i));
        }
        dispatched -= run.tasks().size() - from;
        line.setDispatched(from);
    }
}
