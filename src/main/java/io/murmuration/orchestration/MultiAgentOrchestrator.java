package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.orchestration.RoundDraft.Solved;
import io.murmuration.orchestration.assignment.Requirements;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Gives tasks to agents, and sees each of them to its end.
 *
 * <p>Agents are registered with what they can do, and are called with their tasks ({@link ActingAgent}) or fetch them ({@link
 * #fetch}) and answer ({@link #answer}). Tasks that are submitted wait, higher priorities first, one priority more for each {@link
 * OrchestratorSettings#ageingStep} waited, until a round of assignment gives them to an agent. An attempt that fails, takes too
 * long, or whose agent leaves or falls silent puts the task back, as often as it has attempts. Each task that was accepted ends
 * exactly once: completed, failed or expired. It may be worked on more than once; an answer counts only while its attempt is
 * the task's current one, and is kept as late else.
 *
 * <p>Each call is one step: what it changes is seen at once or not at all. Only rounds above {@link
 * OrchestratorSettings#pairsAtOnce} take two steps. Safe for use by several threads. Agents are called, futures completed and
 * rounds solved outside of the lock; {@linkplain OrchestrationListener listeners} are told under it, in order.
 */
public final class MultiAgentOrchestrator implements AutoCloseable {
    private static final long GRACE_SECONDS = 5;

    private final OrchestratorSettings settings;
    private final InstantSource clock;
    private final Executor calls;
    private final Optional<ExecutorService> ownCalls;
    private final Optional<Timer> timer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Orchestration orchestration;
    private final List<OrchestrationListener> listeners = new ArrayList<>();
    private final Deque<OrchestrationEvent> events = new ArrayDeque<>();
    private final Map<String, Condition> arrivals = new HashMap<>();
    private final Map<Attempt, Thread> calling = new HashMap<>();
    private final Map<Long, CompletableFuture<TaskView>> endings = new HashMap<>();
    private List<Runnable> afterwards = new ArrayList<>();
    private Instant now = Instant.MIN;

    private MultiAgentOrchestrator(
            OrchestratorSettings settings,
            InstantSource clock,
            Executor calls,
            Optional<ExecutorService> ownCalls,
            Optional<ScheduledExecutorService> scheduler) {
        this.settings = settings;
        this.clock = clock;
        this.calls = calls;
        this.ownCalls = ownCalls;
        timer = scheduler.map(executor -> new Timer(executor, clock, this::timedTick));
        orchestration = new Orchestration(settings, new LockedEffects(), events::addLast);
    }

    /** One that runs: with the system's clock, a thread that waits for what is due, and a thread for each call of an agent. */
    public static MultiAgentOrchestrator start(OrchestratorSettings settings) {
        ExecutorService own = Executors.newCachedThreadPool(daemons("orchestrator-call-"));
        return new MultiAgentOrchestrator(
                settings,
                InstantSource.system(),
                own,
                Optional.of(own),
                Optional.of(Executors.newSingleThreadScheduledExecutor(daemons("orchestrator-clock-"))));
    }

    /**
     * One that has no threads, and does what is due when it is called, {@link #tick} for instance.
     *
     * @param calls runs calls of agents and large rounds, in other threads or later: in the calling one, a long queue would be a deep
     *     recursion
     */
    public static MultiAgentOrchestrator driven(OrchestratorSettings settings, InstantSource clock, Executor calls) {
        return new MultiAgentOrchestrator(settings, clock, calls, Optional.empty(), Optional.empty());
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Adds a listener, who is told of what happens from now on. */
    public void listen(OrchestrationListener listener) {
        step(at -> listeners.add(listener));
    }

    /** Registers an agent. One that is registered by the same id leaves: what it had is queued again. */
    public void register(AgentProfile profile) {
        step(at -> {
            orchestration.register(profile, at);
            return null;
        });
    }

    /**
     * Takes an agent off the register. What it had is queued again, and its calls are interrupted.
     *
     * @return whether it was registered
     */
    public boolean unregister(String agent) {
        return step(at -> orchestration.unregister(agent, "it was unregistered", at));
    }

    /**
     * An agent that fetches its tasks says that it is there. So do {@link #fetch} and its answers.
     *
     * @return whether it is registered; if not, it was lost, and may register anew
     */
    public boolean heartbeat(String agent) {
        return step(at -> orchestration.heartbeat(agent, at));
    }

    /** Submits a task, or says why it is refused: the queue is full, its deadline has passed, the orchestrator is closed. */
    public Submission submit(TaskRequest request) {
        TaskRequest copy = request.copied();
        return step(at -> orchestration.submit(copy, at));
    }

    /**
     * The next task of an agent, if there is one now. It runs from then on.
     *
     * @throws IllegalArgumentException if the agent is not registered, or is one that is called
     */
    public Optional<AssignedTask> fetch(String agent) {
        return step(at -> orchestration.fetch(agent, at));
    }

    /**
     * As {@link #fetch(String)}, waiting for one if there is none. An agent that waits is not silent.
     *
     * @param timeout in time of the system, whatever the clock
     * @throws IllegalArgumentException also if the agent is taken off the register while it waits
     */
    public Optional<AssignedTask> fetch(String agent, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        long sign = Math.max(1, settings.lease().toNanos() / 3);
        while (true) {
            Optional<AssignedTask> task = fetch(agent);
            long left = end - System.nanoTime();
            if (task.isPresent() || left <= 0) {
                return task;
            }
            lock.lockInterruptibly();
            try {
                if (orchestration.hasNothingFor(agent)) {
                    // However it ends, the next turn finds out.
                    long unused = arrivals.computeIfAbsent(agent, id -> lock.newCondition())
                            .awaitNanos(Math.min(left, sign));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Answers a task that was fetched.
     *
     * @throws IllegalArgumentException if there was no such attempt, or it has not begun
     */
    public Receipt answer(Attempt attempt, JsonNode answer) {
        JsonNode copy = answer.deepCopy();
        return step(at -> orchestration.answer(attempt, copy, false, at));
    }

    /**
     * Says that an attempt failed. The task is queued again, or fails if it has no attempt left.
     *
     * @throws IllegalArgumentException if there was no such attempt, or it has not begun
     */
    public Receipt fail(Attempt attempt, String reason) {
        return step(at -> orchestration.fail(attempt, reason, false, at));
    }

    /** Has happen what is due by the clock. One that was started does so by itself. */
    public void tick() {
        step(at -> null);
    }

    private void timedTick() {
        step(at -> {
            timer.ifPresent(Timer::ticked);
            return null;
        });
    }

    /** When something is due next, if anything is. */
    public Optional<Instant> nextDue() {
        return step(at -> orchestration.nextDue());
    }

    /** What is known of a task. */
    public TaskLookup task(long id) {
        return step(at -> orchestration.lookup(id));
    }

    /** All tasks that are kept: those that are open, and those that ended not long ago; in the order of ids. */
    public List<TaskView> tasks() {
        return step(at -> orchestration.tasks());
    }

    /**
     * Why a task is where it is: what was decided about it, the first decision and the last ones, and while it is queued, why it has
     * no agent now. Empty if the task is not kept.
     */
    public List<Decision> why(long id) {
        return step(at -> orchestration.why(id, at));
    }

    /**
     * The end of a task, as a future. What depends on it runs in a thread of the orchestrator or of whoever ended the task.
     *
     * @throws IllegalArgumentException if the task is not kept any more, or never was
     */
    public CompletableFuture<TaskView> ending(long id) {
        return step(at -> {
            if (!(orchestration.lookup(id) instanceof TaskLookup.Known known)) {
                throw new IllegalArgumentException(
                        "task " + id + " is not kept, expected one that is open, or ended" + " not long ago");
            }
            return known.task().state().isEnd()
                    ? CompletableFuture.completedFuture(known.task())
                    : endings.computeIfAbsent(id, key -> new CompletableFuture<>())
                            .copy();
        });
    }

    /** Agents that are registered, in the order of ids, then the last ones that departed. */
    public List<AgentView> agents() {
        return step(at -> orchestration.agents());
    }

    /** Registered agents that may do what is required, the best first. */
    public List<AgentMatch> find(Requirements requirements) {
        return step(at -> orchestration.find(requirements));
    }

    /** The last rounds, the latest last. */
    public List<Round> rounds() {
        return step(at -> orchestration.rounds());
    }

    /** A round of those that are kept. */
    public Optional<Round> round(long number) {
        return rounds().stream().filter(round -> round.number() == number).findFirst();
    }

    /** How everything stands. */
    public OrchestratorStatus status() {
        return step(orchestration::status);
    }

    /**
     * Asks each agent of a group the same, and makes one result of their answers. Those who are not registered, whose question is
     * refused, or who do not answer in time are silent.
     *
     * @param agents each once
     * @param question pinned to each of them in turn
     * @param deadline when the answers that are there have to do
     * @param aggregate is given the answers, at least one, in the order of agents: a pool of opinions, a vote
     * @return fails with what the aggregate throws
     * @throws IllegalArgumentException if an agent is named twice
     */
    public <R> CompletableFuture<Consultation<R>> ask(
            List<String> agents, TaskRequest question, Instant deadline, Function<List<Answer>, R> aggregate) {
        if (Set.copyOf(agents).size() < agents.size()) {
            throw new IllegalArgumentException("the group " + agents + " names an agent twice, expected each once");
        }
        TaskRequest copy = question.copied().withDeadline(deadline);
        Map<String, CompletableFuture<TaskView>> asked = new LinkedHashMap<>();
        Map<String, String> refusals = new HashMap<>();
        step(at -> {
            for (String agent : agents) {
                if (!orchestration.isRegistered(agent)) {
                    refusals.put(agent, "it is not registered");
                    continue;
                }
                Submission submission = orchestration.submit(copy.pinnedTo(agent), at);
                if (submission instanceof Submission.Accepted accepted) {
                    asked.put(agent, endings.computeIfAbsent(accepted.task(), id -> new CompletableFuture<>()));
                } else if (submission instanceof Submission.Refused refused) {
                    refusals.put(agent, refused.reason());
                }
            }
            return null;
        });
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> consultation(agents, asked, refusals, aggregate));
    }

    private static <R> Consultation<R> consultation(
            List<String> agents,
            Map<String, CompletableFuture<TaskView>> asked,
            Map<String, String> refusals,
            Function<List<Answer>, R> aggregate) {
        List<Answer> answers = new ArrayList<>();
        Map<String, String> silent = new LinkedHashMap<>();
        for (String agent : agents) {
            if (!asked.containsKey(agent)) {
                silent.put(agent, refusals.get(agent));
                continue;
            }
            TaskView task = asked.get(agent).join();
            task.answer()
                    .ifPresentOrElse(
                            answer -> answers.add(new Answer(agent, task.id(), answer)),
                            () -> silent.put(agent, task.reason()));
        }
        Optional<R> result = answers.isEmpty() ? Optional.empty() : Optional.of(aggregate.apply(List.copyOf(answers)));
        return new Consultation<>(result, answers, silent);
    }

    /** Ends all tasks that are open as failed, interrupts calls, and refuses what is submitted from then on. */
    @Override
    public void close() {
        step(at -> {
            orchestration.close(at);
            timer.ifPresent(Timer::stop);
            return null;
        });
        ownCalls.ifPresent(MultiAgentOrchestrator::shutDown);
    }

    private static void shutDown(ExecutorService executor) {
        executor.shutdown();
        try {
            // Calls were interrupted; one that does not heed it is left to its daemon thread.
            boolean unused = executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One step under the lock; then, outside of it, what follows. */
    private <T> T step(Function<Instant, T> change) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "a listener calls the orchestrator that tells it, expected it to leave that to another thread");
        }
        List<Runnable> following = List.of();
        try {
            lock.lock();
            try {
                try {
                    // A clock that is set back stands still here, so that events are in the order of their times.
                    now = max(now, clock.instant());
                    orchestration.advance(now);
                    T result = change.apply(now);
                    return result;
                } finally {
                    orchestration.assign(now);
                }
            } finally {
                tell();
                timer.ifPresent(due -> orchestration.nextDue().ifPresent(due::dueAt));
                following = afterwards;
                afterwards = new ArrayList<>();
                lock.unlock();
            }
        } finally {
            following.forEach(Runnable::run);
        }
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void tell() {
        while (!events.isEmpty()) {
            OrchestrationEvent event = events.removeFirst();
            for (OrchestrationListener listener : listeners) {
                try {
                    listener.on(event);
                } catch (RuntimeException e) {
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                }
            }
        }
    }

    private void call(ActingAgent acting, AssignedTask task) {
        boolean isCurrent = step(at -> {
            boolean begins = orchestration.begin(task.attempt(), at);
            if (begins) {
                calling.put(task.attempt(), Thread.currentThread());
            }
            return begins;
        });
        if (!isCurrent) {
            return;
        }
        try {
            JsonNode answer = acting.act(task);
            if (answer == null) {
                back(task, at -> orchestration.fail(task.attempt(), "it answered null", true, at));
            } else {
                JsonNode copy = answer.deepCopy();
                back(task, at -> orchestration.answer(task.attempt(), copy, true, at));
            }
        } catch (AgentGoneException e) {
            back(task, at -> {
                orchestration.gone(task, e.getMessage(), at);
                return null;
            });
        } catch (Exception e) {
            back(task, at -> orchestration.fail(task.attempt(), e.toString(), true, at));
        } catch (Error e) {
            back(task, at -> orchestration.fail(task.attempt(), e.toString(), true, at));
            throw e;
        }
    }

    /** A call came back: nobody interrupts its thread any more. */
    private <T> void back(AssignedTask task, Function<Instant, T> change) {
        step(at -> {
            calling.remove(task.attempt());
            // An interrupt was meant for the call, and not for what this thread does next.
            boolean unused = Thread.interrupted();
            orchestration.returned(task.agent(), task.attempt(), at);
            return change.apply(at);
        });
    }

    private void solve(RoundDraft draft) {
        Optional<Solved> solved = Optional.empty();
        try {
            solved = Optional.of(draft.solve(settings.rule()));
        } finally {
            Optional<Solved> outcome = solved;
            step(at -> {
                outcome.ifPresentOrElse(round -> orchestration.solved(round, at), orchestration::notSolved);
                return null;
            });
        }
    }

    /** What can be done at once is; the rest waits until the lock is free. */
    private final class LockedEffects implements Effects {
        @Override
        public void call(ActingAgent acting, AssignedTask task) {
            afterwards.add(() -> {
                try {
                    calls.execute(() -> MultiAgentOrchestrator.this.call(acting, task));
                } catch (RejectedExecutionException e) {
                    step(at -> {
                        if (orchestration.begin(task.attempt(), at)) {
                            orchestration.fail(task.attempt(), "no thread to call it: " + e.getMessage(), true, at);
                        }
                        return null;
                    });
                }
            });
        }

        @Override
        public void wake(String agent) {
            Optional.ofNullable(arrivals.get(agent)).ifPresent(Condition::signalAll);
            if (!orchestration.isRegistered(agent)) {
                arrivals.remove(agent);
            }
        }

        @Override
        public void interrupt(Attempt attempt) {
            Optional.ofNullable(calling.get(attempt)).ifPresent(Thread::interrupt);
        }

        @Override
        public void ended(TaskView task) {
            CompletableFuture<TaskView> ending = endings.remove(task.id());
            if (ending != null) {
                afterwards.add(() -> ending.complete(task));
            }
        }

        @Override
        public void solve(RoundDraft draft) {
            afterwards.add(() -> {
                try {
                    calls.execute(() -> MultiAgentOrchestrator.this.solve(draft));
                } catch (RejectedExecutionException e) {
                    step(at -> {
                        orchestration.notSolved();
                        return null;
                    });
                    throw e;
                }
            });
        }
    }
}
