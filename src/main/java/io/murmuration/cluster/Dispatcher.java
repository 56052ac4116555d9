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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
 * the journal or for a worker, does so outside of it (but to read where an agent stands). What a task ends with is in the journal before anybody hears of it.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** How long after a write that failed it is tried again, and how often workers are looked at. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int MOST_IN_FLIGHT = 256;
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

    /** Agents of whom ends are being written down, and how many at a time. */
    private final Map<BeliefKey, Integer> ending = new HashMap<>();

    /** Agents without a belief that have tasks: they need a place among those that have one. */
    private final Set<BeliefKey> newcomers = new HashSet<>();
    /** Tasks that came into the journal before earlier ones did: they enter the queue in the order of their numbers. */
    private final TreeMap<Long, Arrival> early = new TreeMap<>();
    /** The number of the task that enters the queue next. */
    private long entersNext;

    private long issued;
    /** Tasks that are on their way into the journal. */
    private int entering;
    /** Micro-batches, and ends without a worker, that are under way. */
    private int underWay;

    /** When workers are looked at next, and from when on old results are forgotten: of the dispatcher's thread alone. */
    private Instant look = Instant.MIN;

    private Instant forgetFrom = Instant.MIN;

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

    /** Numbers that were reserved together, and the tasks that have them, if they were accepted. */
    private record Arrival(int count, List<AcceptedTask> tasks) {}

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
        entersNext = issued + 1;
        Instant now = clock.instant();
        for (AcceptedTask task : recovered.waiting()) {
            // The clock that it was submitted by may have been ahead.
            Instant submitted = task.submitted().isAfter(now) ? now : task.submitted();
            AcceptedTask known = new AcceptedTask(task.number(), task.request(), task.bulk(), submitted);
            admit(known);
            queue.add(known);
        }
        recovered.ended().entrySet().stream()
                .map(end -> new Kept(end.getKey(), end.getValue()))
                .sorted(Comparator.comparing(Kept::ended))
                .forEach(kept::add);
    }

    /** From now on the task is known, and will end. */
    private CompletableFuture<Ended> admit(AcceptedTask task) {
        Live entry = new Live(task, new CompletableFuture<>());
        live.put(task.number(), entry);
        accepted++;
        return entry.ended();
    }

    /** Has numbers enter the queue, those of no task too, once all before them have. */
    private void enter(long first, int count, List<AcceptedTask> tasks) {
        early.put(first, new Arrival(count, tasks));
        while (!early.isEmpty() && early.firstKey() == entersNext) {
            Arrival next = early.pollFirstEntry().getValue();
            next.tasks().forEach(queue::add);
            entersNext += next.count();
        }
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
        List<AcceptedTask> tasks = new ArrayList<>();
        long first = reserve(requests);
        try {
            Instant now = clock.instant();
            for (InferenceRequest request : requests) {
                tasks.add(new AcceptedTask(first + tasks.size(), request, bulk, now));
            }
            journal.accept(tasks);
        } catch (JournalException e) {
            release(first, requests);
            throw new SubmissionRefusedException(Reason.JOURNAL, e.getMessage());
        } catch (RuntimeException | Error e) {
            release(first, requests);
            throw e;
        }
        lock.lock();
        try {
            entering -= tasks.size();
            List<Submission> submissions = tasks.stream()
                    .map(task -> new Submission(id(task.number()), admit(task).copy()))
                    .toList();
            enter(first, tasks.size(), tasks);
            changed.signalAll();
            return submissions;
        } finally {
            lock.unlock();
        }
    }

    private TaskId id(long number) {
        return new TaskId(journal.cluster(), number);
    }

    /** Keeps places for tasks and their agents; returns the number of the first. */
    private long reserve(List<InferenceRequest> requests) {
        int count = requests.size();
        Set<BeliefKey> unknown = withoutBelief(requests);
        lock.lock();
        try {
            checkAccepting();
            int outstanding = live.size() + entering;
            if (count > limits.tasks() - outstanding) {
                throw new SubmissionRefusedException(
                        Reason.QUEUE_FULL,
                        "There are " + outstanding + " tasks without a result, and there may be " + limits.tasks()
                                + ": no place for " + count + " more until some have ended");
            }
            unknown.removeAll(newcomers);
            long agents = journal.agents() + newcomers.size();
            if (unknown.size() > limits.agents() - agents) {
                throw new SubmissionRefusedException(
                        Reason.TOO_MANY_AGENTS,
                        "There are " + agents + " agents, and there may be " + limits.agents() + ": no place for \""
                                + unknown.iterator().next().agent() + "\"");
            }
            newcomers.addAll(unknown);
            entering += count;
            long first = issued + 1;
            issued += count;
            return first;
        } catch (SubmissionRefusedException e) {
            refused += count;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock. */
    private void checkAccepting() {
        if (!accepting) {
            throw new SubmissionRefusedException(
                    Reason.STOPPED, trouble.orElse("The cluster is stopped, and takes no tasks any more"));
        }
    }

    private Set<BeliefKey> withoutBelief(List<InferenceRequest> requests) {
        Set<BeliefKey> unknown = new LinkedHashSet<>();
        try {
            for (InferenceRequest request : requests) {
                BeliefKey key = BeliefKey.of(request);
                if (journal.state(key).isEmpty()) {
                    unknown.add(key);
                }
            }
        } catch (JournalException e) {
            refused(requests.size());
            change(this::checkAccepting);
            throw new SubmissionRefusedException(Reason.JOURNAL, e.getMessage());
        }
        return unknown;
    }

    /** Gives places back: nothing was accepted. */
    private void release(long first, List<InferenceRequest> requests) {
        lock.lock();
        try {
            entering -= requests.size();
            refused += requests.size();
            enter(first, requests.size(), List.of());
            requests.forEach(request -> leaveIfIdle(BeliefKey.of(request)));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An agent without a belief and without tasks needs no place. */
    private void leaveIfIdle(BeliefKey key) {
        if (queue.outstanding(key) == 0) {
            newcomers.remove(key);
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

    /**
     * Completes when a task ends; empty where it is none that still has to. Whoever is given it must not complete it, and whoever
     * hangs something on it should take a copy.
     */
    Optional<CompletableFuture<Ended>> ended(long number) {
        return Optional.ofNullable(live.get(number)).map(Live::ended);
    }

    /** Where an agent stands; empty where nothing was ever submitted of it. */
    Optional<AgentStanding> standing(BeliefKey key) throws JournalException, InterruptedException {
        lock.lock();
        try {
            while (ending.containsKey(key) && !stopping) {
                changed.await();
            }
            int outstanding = queue.outstanding(key)
                    + (int) early.values().stream()
                            .flatMap(arrival -> arrival.tasks().stream())
                            .filter(task -> task.key().equals(key))
                            .count();
            long submitted = journal.endedTasks(key) + outstanding;
            long inferred = journal.state(key)
                    .map(AgentStateCodec::decode)
                    .map(AgentState::steps)
                    .orElse(0L);
            return submitted == 0 ? Optional.empty() : Optional.of(new AgentStanding(submitted, inferred, outstanding));
        } finally {
            lock.unlock();
        }
    }

    /** Ends a task that no worker has; false where one has, or it has ended, or there is none, or the cluster stops. */
    boolean cancel(long number) {
        AcceptedTask task;
        lock.lock();
        try {
            if (stopping || !queue.isWaiting(number)) {
                return false;
            }
            task = live.get(number).task();
            begin(task.key());
            queue.cancel(number);
            underWay++;
        } finally {
            lock.unlock();
        }
        return fail(Map.of(task, new Failed("It was cancelled before it was done")), 1);
    }

    private void begin(BeliefKey key) {
        ending.merge(key, 1, Integer::sum);
    }

    private void finish(BeliefKey key) {
        ending.merge(key, -1, (before, less) -> before + less == 0 ? null : Integer.valueOf(before + less));
    }

    /** Ends tasks that are in the queue no more, without a result; whether that was written down. */
    private boolean fail(Map<AcceptedTask, Ended> failures, int byCaller) {
        try {
            return record(failures, Map.of(), () -> {
                cancelled += byCaller;
                failures.keySet().forEach(task -> finish(task.key()));
            });
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
        while (true) {
            try {
                if (!turn()) {
                    return;
                }
            } catch (RuntimeException e) {
                LOG.error("The dispatcher goes on after a failure", e);
                inTrouble("The dispatcher failed: " + e);
                pause();
            } catch (Error e) {
                broken("The dispatcher failed: " + e);
                throw e;
            }
        }
    }

    /** Does what is due, or waits for something to be; false when the cluster stops. */
    private boolean turn() {
        Instant now = clock.instant();
        if (!now.isBefore(look)) {
            look = now.plus(PAUSE);
            forgetFrom = now;
            lookAtWorkers();
        }
        boolean more = forgetOld(now);
        lock.lock();
        try {
            if (stopping) {
                return false;
            }
            if (!handOut(now) && !more) {
                Instant wake = queue.dueAt().filter(look::isAfter).orElse(look);
                // However it ends, the next turn finds out.
                long unused = changed.awaitNanos(Duration.between(now, wake).toNanos());
            }
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException("The dispatcher is interrupted by nobody", e);
        } finally {
            lock.unlock();
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

    /** Nothing will be done any more: whoever waits is told. */
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
        live.values().forEach(task -> task.ended().completeExceptionally(new IllegalStateException(sentence)));
    }

    /** Gives out what is due; whether there was any. */
    private boolean handOut(Instant now) {
        boolean any = false;
        List<AcceptedTask> overdue = queue.takeOverdue(now);
        if (!overdue.isEmpty()) {
            any = true;
            underWay++;
            Map<AcceptedTask, Ended> failures = new LinkedHashMap<>();
            overdue.forEach(task -> {
                begin(task.key());
                failures.put(
                        task,
                        new Failed("Its deadline, " + task.request().deadline().orElseThrow()
                                + ", passed before it was done"));
            });
            carriers.execute(() -> fail(failures, 0));
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
            Instant given = clock.instant();
            WorkerAnswer answer = null;
            try {
                answer = runner.run(batch, models, states(batch));
            } catch (JournalException e) {
                inTrouble(e.getMessage());
                pause();
                change(() -> queue.repeat(batch));
            } catch (Exception | OutOfMemoryError | LinkageError e) {
                if (runner.isStopped() || isStopping()) {
                    change(() -> queue.repeat(batch));
                } else {
                    failed(batch, e);
                }
            }
            if (answer != null) {
                succeeded(batch, answer, given);
            }
        } finally {
            done();
        }
    }

    /** Where the agents of a micro-batch go on from; nothing where one begins. */
    private List<byte[]> states(MicroBatch batch) throws JournalException {
        List<byte[]> states = new ArrayList<>();
        for (AgentRun run : batch.runs()) {
            states.add(journal.state(run.key()).orElse(new byte[0]));
        }
        return states;
    }

    private void succeeded(MicroBatch batch, WorkerAnswer answer, Instant given) {
        Map<AcceptedTask, Ended> ends = new LinkedHashMap<>();
        Map<BeliefKey, byte[]> beliefs = new HashMap<>();
        Instant now = clock.instant();
        for (int i = 0; i < batch.runs().size(); i++) {
            AgentRun run = batch.runs().get(i);
            RunOutput output = answer.outputs().get(i);
            beliefs.put(run.key(), output.state());
            for (int j = 0; j < run.tasks().size(); j++) {
                AcceptedTask task = run.tasks().get(j);
                ends.put(
                        task,
                        new Completed(
                                output.steps().get(j),
                                Duration.between(task.submitted(), given),
                                Duration.ofNanos(output.nanoseconds()),
                                Duration.between(task.submitted(), now)));
            }
        }
        change(() -> beliefs.keySet().forEach(this::begin));
        record(ends, beliefs, () -> {
            beliefs.keySet().forEach(this::finish);
            newcomers.removeAll(beliefs.keySet());
            queue.succeeded(batch);
            workers.completed(answer.worker(), batch.size(), Duration.ofNanos(answer.nanoseconds()));
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

    private void failed(MicroBatch batch, Throwable why) {
        String reason = reason(why);
        LOG.warn("A micro-batch of {} tasks failed: {}", batch.size(), reason);
        if (why instanceof Error) {
            // Of the driver's own: what it is short of may come back.
            inTrouble("The driver failed: " + reason);
            pause();
        }
        Optional<AcceptedTask> last = queue.givesUp(batch);
        if (last.isEmpty()) {
            change(() -> queue.failed(batch));
            return;
        }
        String sentence =
                "It failed " + (batch.failures() + 1) + " times when a worker did this task and no other: " + reason;
        record(Map.of(last.get(), new Failed(sentence)), Map.of(), () -> queue.failed(batch));
    }

    /** What Spark says, without the stack traces. */
    private static String reason(Throwable e) {
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
     * @param landed what changes, under the lock, when they are written down
     * @return false if the cluster stopped before; the tasks then have no end yet
     */
    private boolean record(Map<AcceptedTask, Ended> ends, Map<BeliefKey, byte[]> states, Runnable landed) {
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
        Map<CompletableFuture<Ended>, Ended> told = new LinkedHashMap<>();
        lock.lock();
        try {
            trouble = broken ? trouble : Optional.empty();
            ends.forEach((task, end) -> {
                told.put(live.remove(task.number()).ended(), end);
                kept.add(new Kept(task.number(), now));
                if (end instanceof Completed) {
                    completed++;
                } else {
                    failed++;
                }
            });
            landed.run();
            ends.keySet().forEach(task -> leaveIfIdle(task.key()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        callbacks.execute(() -> told.forEach(CompletableFuture::complete));
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

    /** Waits a moment before something is tried again, whoever interrupts; false if the cluster stops. */
    private boolean pause() {
        boolean interrupted = false;
        lock.lock();
        try {
            Instant end = clock.instant().plus(PAUSE);
            for (Instant now = clock.instant(); now.isBefore(end) && !stopping; now = clock.instant()) {
                try {
                    long unused = changed.awaitNanos(Duration.between(now, end).toNanos());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return !stopping;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets go of old results; whether there may be more. */
    private boolean forgetOld(Instant now) {
        if (now.isBefore(forgetFrom)) {
            return false;
        }
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
            return false;
        }
        try {
            journal.forget(old);
        } catch (JournalException e) {
            inTrouble(e.getMessage());
            forgetFrom = look;
            return false;
        }
        lock.lock();
        try {
            old.forEach(unused -> kept.removeFirst());
        } finally {
            lock.unlock();
        }
        return old.size() == FORGOTTEN_AT_ONCE;
    }

    /** Waits until there is no task without an end; false if the time ran out before, or none will end any more. */
    boolean awaitIdle(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(patience);
            while (left > 0 && (entering > 0 || !live.isEmpty()) && !broken) {
                left = changed.awaitNanos(left);
            }
            return entering == 0 && live.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more tasks. */
    void refuseFurther() {
        change(() -> accepting = false);
    }

    /** Gives workers nothing more, and waits until they have done what they have, or the time has run out. */
    void stop(Duration patience) {
        boolean interrupted = false;
        lock.lock();
        try {
            accepting = false;
            stopping = true;
            changed.signalAll();
            Instant end = clock.instant().plus(patience);
            for (Instant now = clock.instant();
                    now.isBefore(end) && (entering > 0 || underWay > 0);
                    now = clock.instant()) {
                try {
                    long unused = changed.awaitNanos(Duration.between(now, end).toNanos());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        runner.cancel();
    }

    /** Ends all threads: tasks without an end stay in a durable journal, and fail where it is not. */
    void close(Duration patience) throws InterruptedException {
        thread.join();
        carriers.shutdown();
        if (!carriers.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.warn("Micro-batches were still under way after {}", patience);
        }
        live.values().forEach(task -> {
            if (journal.isDurable()) {
                task.ended()
                        .completeExceptionally(new IllegalStateException("The cluster was stopped before task "
                                + id(task.task().number())
                                + " ended; it goes on when the cluster is started again with the same journal"));
            } else {
                task.ended().complete(new Failed("The cluster was stopped before it was done"));
            }
        });
        live.clear();
        callbacks.shutdown();
        if (!callbacks.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.warn("What depends on results was still running after {}", patience);
        }
    }
}
