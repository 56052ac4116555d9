package io.murmuration.cluster;

import io.murmuration.cluster.ClusterPerformance.Tasks;
import io.murmuration.cluster.SubmissionRefusedException.Reason;
import io.murmuration.cluster.journal.JournalException;
import io.murmuration.cluster.journal.TaskJournal;
import io.murmuration.cluster.journal.TaskJournal.Recovered;
import io.murmuration.cluster.queue.AgentRun;
import io.murmuration.cluster.queue.MicroBatch;
import io.murmuration.cluster.queue.TaskQueue;
import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.BeliefKey;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.TaskId;
import io.murmuration.cluster.task.TaskStatus;
import io.murmuration.cluster.task.TaskStatus.Completed;
import io.murmuration.cluster.task.TaskStatus.Ended;
import io.murmuration.cluster.task.TaskStatus.Failed;
import io.murmuration.cluster.worker.RunOutput;
import io.murmuration.cluster.worker.WorkerAnswer;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tasks, has workers do them, and sees each to its one end. One lock guards the queue and the counts; whatever waits, for
 * the journal or for a worker, does so outside of it. What a task ends with is in the journal before anybody hears of it.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** How long after a write that failed it is tried again, and how often workers are looked at. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int MOST_IN_FLIGHT = 64;
    private static final int FORGOTTEN_AT_ONCE = 1000;

    private final TaskJournal journal;
    private final MicroBatchRunner runner;
    private final ModelRegistry models;
    private final WorkerPool workers;
    private final ClusterOptions.Limits limits;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TaskQueue queue;
    /** Tasks without an end. */
    private final Map<Long, Live> live = new ConcurrentHashMap<>();
    /** Ended tasks whose results are kept, in the order of their ends. */
    private final Deque<Kept> kept = new ArrayDeque<>();

    /** Agents whose beliefs are being written down. */
    private final Set<BeliefKey> ending = new HashSet<>();

    private long issued;
    /** Tasks that are on their way into the journal. */
    private int entering;
    /** Micro-batches, and ends without a worker, that are under way. */
    private int underWay;

    private long accepted;
    private long refused;
    private long completed;
    private long failed;
    private long cancelled;
    private boolean accepting = true;
    private boolean stopping;
    /** There are no workers, and never will be. */
    private boolean broken;

    private volatile Optional<String> trouble = Optional.empty();

    private final ExecutorService carriers = Executors.newCachedThreadPool(named("murmuration-micro-batch-"));
    private final ExecutorService callbacks = Executors.newFixedThreadPool(2, named("murmuration-result-"));
    private final Thread thread = named("murmuration-dispatcher-").newThread(this::dispatch);

    /** A task without an end, and who waits for it. */
    private record Live(AcceptedTask task, CompletableFuture<Ended> ended) {}

    /** A task whose result is kept. */
    private record Kept(long number, Instant ended) {}

    Dispatcher(
            TaskJournal journal,
            MicroBatchRunner runner,
            ModelRegistry models,
            WorkerPool workers,
            ClusterOptions options,
            InstantSource clock)
            throws JournalException {
        this.journal = journal;
        this.runner = runner;
        this.models = models;
        this.workers = workers;
        this.limits = options.limits();
        this.clock = clock;
        ClusterOptions.MicroBatches microBatches = options.microBatches();
        queue = new TaskQueue(microBatches.size(), microBatches.age(), microBatches.attempts());
        recover();
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private void recover() throws JournalException {
        Recovered recovered = journal.recover();
        issued = recovered.last();
        recovered.waiting().forEach(this::enter);
        recovered.ended().entrySet().stream()
                .map(end -> new Kept(end.getKey(), end.getValue()))
                .sorted(Comparator.comparing(Kept::ended))
                .forEach(kept::add);
    }

    private CompletableFuture<Ended> enter(AcceptedTask task) {
        Live entry = new Live(task, new CompletableFuture<>());
        live.put(task.number(), entry);
        queue.add(task);
        accepted++;
        return entry.ended();
    }

    void start() {
        thread.start();
    }

    /**
     * Takes tasks, all or none.
     *
     * @param bulk whether they come as a batch
     * @throws SubmissionRefusedException if they are not taken
     */
    List<Submission> submit(List<InferenceRequest> requests, boolean bulk) {
        long first = reserve(requests.size());
        List<AcceptedTask> tasks = new ArrayList<>();
        Instant now = clock.instant();
        for (InferenceRequest request : requests) {
            tasks.add(new AcceptedTask(first + tasks.size(), request, bulk, now));
        }
        try {
            journal.accept(tasks);
        } catch (JournalException e) {
            release(requests.size());
            throw new SubmissionRefusedException(Reason.JOURNAL, e.getMessage());
        }
        lock.lock();
        try {
            entering -= tasks.size();
            List<Submission> submissions = tasks.stream()
                    .map(task -> new Submission(id(task.number()), enter(task).copy()))
                    .toList();
            changed.signalAll();
            return submissions;
        } finally {
            lock.unlock();
        }
    }

    private TaskId id(long number) {
        return new TaskId(journal.cluster(), number);
    }

    /** Keeps places for tasks; returns the number of the first. */
    private long reserve(int count) {
        lock.lock();
        try {
            if (!accepting) {
                refused += count;
                throw new SubmissionRefusedException(
                        Reason.STOPPED, trouble.orElse("The cluster is stopped, and takes no tasks any more"));
            }
            int outstanding = live.size() + entering;
            if (count > limits.tasks() - outstanding) {
                refused += count;
                throw new SubmissionRefusedException(
                        Reason.QUEUE_FULL,
                        "There are " + outstanding + " tasks without a result, and there may be " + limits.tasks()
                                + ": no place for " + count + " more until some have ended");
            }
            entering += count;
            long first = issued + 1;
            issued += count;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void release(int count) {
        lock.lock();
        try {
            entering -= count;
            refused += count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Counts tasks that were not taken before they came here. */
    void refused(int count) {
        lock.lock();
        try {
            refused += count;
        } finally {
            lock.unlock();
        }
    }

    /** What has become of the task of a number. */
    TaskStatus status(long number) throws JournalException {
        if (live.containsKey(number)) {
            lock.lock();
            try {
                if (live.containsKey(number)) {
                    return new TaskStatus.Running(!queue.isWaiting(number));
                }
            } finally {
                lock.unlock();
            }
        }
        Optional<Ended> ended = journal.ended(number);
        if (ended.isPresent()) {
            return ended.get();
        }
        lock.lock();
        try {
            return number <= issued ? new TaskStatus.Expired() : new TaskStatus.NotFound();
        } finally {
            lock.unlock();
        }
    }

    /** Completes when a task ends; empty where it is none that still has to. */
    Optional<CompletableFuture<Ended>> ended(long number) {
        return Optional.ofNullable(live.get(number)).map(task -> task.ended().copy());
    }

    /** Where an agent stands; empty where nothing was ever submitted of it. */
    Optional<AgentStanding> standing(BeliefKey key) throws JournalException, InterruptedException {
        lock.lock();
        try {
            while (ending.contains(key)) {
                changed.await();
            }
            Optional<byte[]> state = journal.state(key);
            int outstanding = queue.outstanding(key);
            return state.isEmpty() && outstanding == 0
                    ? Optional.empty()
                    : Optional.of(new AgentStanding(
                            state.map(AgentStateCodec::decode)
                                    .map(AgentState::steps)
                                    .orElse(0L),
                            outstanding));
        } finally {
            lock.unlock();
        }
    }

    /** Ends a task that no worker has; false where one has, or it has ended, or there is none. */
    boolean cancel(long number) {
        lock.lock();
        try {
            if (!queue.cancel(number)) {
                return false;
            }
            cancelled++;
            underWay++;
        } finally {
            lock.unlock();
        }
        fail(number, "It was cancelled before a worker had it");
        return true;
    }

    /** Ends a task that is in the queue no more, without a result. */
    private void fail(long number, String reason) {
        try {
            record(Map.of(number, new Failed(reason)), Map.of());
        } finally {
            done();
        }
    }

    private void done() {
        lock.lock();
        try {
            underWay--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Tasks tasks() {
        lock.lock();
        try {
            return new Tasks(
                    accepted,
                    refused,
                    live.size() - queue.dispatched(),
                    queue.dispatched(),
                    completed,
                    failed,
                    cancelled);
        } finally {
            lock.unlock();
        }
    }

    Optional<String> trouble() {
        return trouble;
    }

    /** The dispatcher's thread: gives workers what is due, ends what is overdue, and forgets what is old. */
    private void dispatch() {
        Instant look = clock.instant();
        while (true) {
            Instant now = clock.instant();
            if (!now.isBefore(look)) {
                look = now.plus(PAUSE);
                lookAtWorkers();
            }
            forgetOld(now);
            lock.lock();
            try {
                if (stopping) {
                    return;
                }
                if (!handOut(now)) {
                    Instant wake = queue.dueAt().filter(look::isAfter).orElse(look);
                    changed.awaitNanos(Duration.between(now, wake).toNanos());
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("The dispatcher is interrupted by nobody", e);
            } finally {
                lock.unlock();
            }
        }
    }

    private void lookAtWorkers() {
        int slots;
        try {
            workers.settle();
            slots = workers.slots();
        } catch (RuntimeException e) {
            if (!runner.isStopped()) {
                throw e;
            }
            slots = 0;
        }
        if (runner.isStopped()) {
            broken("Spark has stopped, and with it the workers: the cluster has to be started again");
        }
        lock.lock();
        try {
            // One more each than it works at, so that it need not wait for the next.
            queue.allowInFlight(Math.min(MOST_IN_FLIGHT, Math.max(2, 2 * slots + 1)));
        } finally {
            lock.unlock();
        }
    }

    private void broken(String sentence) {
        lock.lock();
        try {
            accepting = false;
            broken = true;
            trouble = Optional.of(sentence);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives out what is due; whether there was any. */
    private boolean handOut(Instant now) {
        boolean any = false;
        for (AcceptedTask task : queue.takeOverdue(now)) {
            any = true;
            underWay++;
            carriers.execute(() -> fail(
                    task.number(),
                    "Its deadline, " + task.request().deadline().orElseThrow() + ", passed before a worker had it"));
        }
        if (broken) {
            return any;
        }
        for (Optional<MicroBatch> batch = queue.take(now); batch.isPresent(); batch = queue.take(now)) {
            any = true;
            underWay++;
            MicroBatch taken = batch.get();
            carriers.execute(() -> carry(taken));
        }
        return any;
    }

    /** Has a worker do a micro-batch, and sees to what becomes of it. */
    private void carry(MicroBatch batch) {
        try {
            attempt(batch);
        } catch (JournalException e) {
            inTrouble(e.getMessage());
            pause();
            change(() -> queue.repeat(batch));
        } catch (Error e) {
            inTrouble("The driver failed: " + e);
            change(() -> queue.repeat(batch));
            throw e;
        } finally {
            done();
        }
    }

    private void attempt(MicroBatch batch) throws JournalException {
        List<byte[]> states = new ArrayList<>();
        for (AgentRun run : batch.runs()) {
            states.add(journal.state(run.key()).orElse(new byte[0]));
        }
        WorkerAnswer answer;
        Instant given = clock.instant();
        try {
            answer = runner.run(batch, models, states);
        } catch (Exception e) {
            if (runner.isStopped() || isStopping()) {
                change(() -> queue.repeat(batch));
            } else {
                failed(batch, e);
            }
            return;
        }
        workers.completed(answer.worker(), batch.size(), Duration.ofNanos(answer.nanoseconds()));
        Map<Long, Ended> ends = new LinkedHashMap<>();
        Map<BeliefKey, byte[]> beliefs = new HashMap<>();
        Instant now = clock.instant();
        for (int i = 0; i < batch.runs().size(); i++) {
            AgentRun run = batch.runs().get(i);
            RunOutput output = answer.outputs().get(i);
            beliefs.put(run.key(), output.state());
            for (int j = 0; j < run.tasks().size(); j++) {
                AcceptedTask task = run.tasks().get(j);
                ends.put(
                        task.number(),
                        new Completed(
                                output.steps().get(j),
                                Duration.between(task.submitted(), given),
                                Duration.ofNanos(output.nanoseconds()),
                                Duration.between(task.submitted(), now)));
            }
        }
        change(() -> ending.addAll(beliefs.keySet()));
        boolean recorded = record(ends, beliefs);
        change(() -> {
            ending.removeAll(beliefs.keySet());
            if (recorded) {
                queue.succeeded(batch);
            }
        });
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private void failed(MicroBatch batch, Exception why) {
        String reason = reason(why);
        LOG.warn("A micro-batch of {} tasks failed: {}", batch.size(), reason);
        Optional<AcceptedTask> last = queue.givesUp(batch);
        boolean recorded = last.isEmpty()
                || record(
                        Map.of(
                                last.get().number(),
                                new Failed("The worker failed " + (batch.failures() + 1)
                                        + " times when it did this task and no other: " + reason)),
                        Map.of());
        if (recorded) {
            change(() -> queue.failed(batch));
        }
    }

    /** What Spark says, without the stack traces. */
    private static String reason(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes down how tasks ended, however often that takes, and tells whoever waits for them.
     *
     * @return false if the cluster stopped before; the tasks then have no end yet
     */
    private boolean record(Map<Long, Ended> ends, Map<BeliefKey, byte[]> states) {
        Instant now = clock.instant();
        while (true) {
            try {
                journal.end(ends, now, states);
                break;
            } catch (JournalException e) {
                inTrouble(e.getMessage());
                if (!pause()) {
                    return false;
                }
            }
        }
        List<Live> ended = new ArrayList<>();
        lock.lock();
        try {
            trouble = broken ? trouble : Optional.empty();
            ends.forEach((number, end) -> {
                ended.add(live.remove(number));
                kept.add(new Kept(number, now));
                if (end instanceof Completed) {
                    completed++;
                } else {
                    failed++;
                }
            });
        } finally {
            lock.unlock();
        }
        callbacks.execute(() ->
                ended.forEach(task -> task.ended().complete(ends.get(task.task().number()))));
        return true;
    }

    private void inTrouble(String sentence) {
        LOG.warn(sentence);
        lock.lock();
        try {
            trouble = Optional.of(sentence);
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment before something is tried again; false if the cluster stops. */
    private boolean pause() {
        lock.lock();
        try {
            Instant end = clock.instant().plus(PAUSE);
            for (Instant now = clock.instant(); now.isBefore(end) && !stopping; now = clock.instant()) {
                changed.awaitNanos(Duration.between(now, end).toNanos());
            }
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void forgetOld(Instant now) {
        List<Long> old = new ArrayList<>();
        lock.lock();
        try {
            int surplus = kept.size() - limits.results();
            for (Kept task : kept) {
                boolean goes = old.size() < surplus
                        || !task.ended().plus(limits.resultAge()).isAfter(now);
                if (!goes || old.size() == FORGOTTEN_AT_ONCE) {
                    break;
                }
                old.add(task.number());
            }
        } finally {
            lock.unlock();
        }
        if (old.isEmpty()) {
            return;
        }
        try {
            journal.forget(old);
        } catch (JournalException e) {
            inTrouble(e.getMessage());
            return;
        }
        lock.lock();
        try {
            old.forEach(unused -> kept.removeFirst());
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more tasks, and waits until those that were taken have ended; false if the time ran out before. */
    boolean drain(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            accepting = false;
            long left = patience.toNanos();
            while (left > 0 && (entering > 0 || !live.isEmpty()) && !runner.isStopped()) {
                left = changed.awaitNanos(left);
            }
            return live.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Gives workers nothing more, and waits until they have done what they have, or the time has run out. */
    void stop(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            accepting = false;
            stopping = true;
            changed.signalAll();
            long left = patience.toNanos();
            while (left > 0 && (entering > 0 || underWay > 0)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        runner.cancel();
    }

    /** Ends all threads: tasks without an end stay in a durable journal, and fail where it is not. */
    void close() throws InterruptedException {
        thread.join();
        carriers.shutdown();
        carriers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        if (journal.isDurable()) {
            live.values().forEach(task -> task.ended()
                    .completeExceptionally(new IllegalStateException("The cluster was stopped before task "
                            + id(task.task().number())
                            + " ended; it goes on when the cluster is started again with the same journal")));
        } else {
            Map<Long, Ended> ends = new LinkedHashMap<>();
            live.keySet().forEach(number -> ends.put(number, new Failed("The cluster was stopped before it was done")));
            record(ends, Map.of());
        }
        callbacks.shutdown();
        callbacks.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
}
