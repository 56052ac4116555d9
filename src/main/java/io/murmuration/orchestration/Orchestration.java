package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.orchestration.OrchestrationEvent.RequestRefused;
import io.murmuration.orchestration.RoundDraft.Solved;
import io.murmuration.orchestration.assignment.Assignment.Match;
import io.murmuration.orchestration.assignment.Requirements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All decisions of an orchestrator: a deterministic machine that is told what happens, and when. Told the same, it decides the
 * same. Whoever tells it something calls {@link #advance} first and {@link #assign} last, so that what is due by then happened
 * before, and nothing that can be assigned is left. Not safe for use by several threads.
 */
final class Orchestration {
    private final OrchestratorSettings settings;
    private final Effects effects;
    private final Consumer<OrchestrationEvent> events;
    private final TaskBook tasks;
    private final AgentRegistry agents;
    private final Rounds rounds;
    private boolean solving;
    private boolean closed;
    private long refused;

    Orchestration(OrchestratorSettings settings, Effects effects, Consumer<OrchestrationEvent> events) {
        this.settings = settings;
        this.effects = effects;
        this.events = events;
        tasks = new TaskBook(settings, events);
        agents = new AgentRegistry(settings, events);
        rounds = new Rounds(settings.timing(), settings.keptRounds());
    }

    /** Has happen what is due: deadlines, time limits, leases that ended; and forgets tasks that ended long ago. */
    void advance(Instant now) {
        for (Task task : tasks.pastDeadline(now)) {
            if (task.state.isWithAgent()) {
                release(task, false, now).failed++;
            } else {
                task.decide(new Decision(now, Waiting.sentence(task.kind, agents.all())));
            }
            tasks.expire(task, now);
            effects.ended(task.view());
        }
        for (Task task : tasks.pastLimit(now)) {
            RegisteredAgent agent = release(task, false, now);
            agent.failed++;
            takeBack(task, true, task.current() + " took agent '" + agent.id() + "' too long", now);
        }
        for (RegisteredAgent agent : agents.silent(now)) {
            depart(agent, AgentStanding.LOST, "it was not heard from since " + agent.lastHeard, now);
        }
        tasks.prune(now);
    }

    /** Holds a round, if one is due. */
    void assign(Instant now) {
        if (solving || rounds.due().filter(due -> !due.isAfter(now)).isEmpty()) {
            return;
        }
        rounds.considered();
        if (tasks.queue().isEmpty() || !agents.hasRoom()) {
            return;
        }
        RoundDraft draft = RoundDraft.of(rounds.begin(), now, agents.all(), tasks.queue(), tasks.queuedKinds());
        solving = true;
        if (draft.pairs() > settings.pairsAtOnce()) {
            effects.solve(draft);
        } else {
            try {
                apply(draft.solve(settings.rule()), now);
            } finally {
                solving = false;
            }
        }
    }

    /** Ends a round that was solved meanwhile: assigns what still can be. */
    void solved(Solved solved, Instant now) {
        solving = false;
        apply(solved, now);
    }

    /** Ends a round that could not be solved. */
    void notSolved() {
        solving = false;
    }

    private void apply(Solved solved, Instant now) {
        RoundDraft draft = solved.draft();
        List<List<Task>> byKind = new ArrayList<>();
        for (int kind = 0; kind < draft.problem().tasks(); kind++) {
            byKind.add(new ArrayList<>());
        }
        for (int i = 0; i < draft.kinds().length; i++) {
            byKind.get(draft.kinds()[i]).add(draft.tasks().get(i));
        }
        int[] next = new int[byKind.size()];
        long stale = 0;
        List<Match> matches = solved.proposal().assignment().matches();
        for (int i = 0; i < matches.size(); i++) {
            Match match = matches.get(i);
            RegisteredAgent agent = draft.agents().get(match.agent());
            for (int count = 0; count < match.count(); count++) {
                Task task = byKind.get(match.task()).get(next[match.task()]++);
                if (task.state == TaskState.QUEUED && isRegistered(agent) && agent.room() > 0) {
                    give(task, agent, solved.reasons().get(i), now);
                } else {
                    stale++;
                }
            }
        }
        rounds.held(new Round(
                draft.number(), draft.at(), settings.rule().name(), draft.problem(), solved.proposal(), stale));
    }

    private boolean isRegistered(RegisteredAgent agent) {
        return agents.find(agent.id()).filter(present -> present == agent).isPresent();
    }

    private void give(Task task, RegisteredAgent agent, String reason, Instant now) {
        tasks.assign(task, agent.id(), reason, now);
        agent.tasks.add(task.id);
        Optional<ActingAgent> acting = agent.profile.acting();
        if (acting.isPresent()) {
            effects.call(acting.get(), assigned(task));
        } else {
            agent.mailbox.addLast(task.id);
            effects.wake(agent.id());
        }
    }

    private static AssignedTask assigned(Task task) {
        return new AssignedTask(task.current(), task.agent.orElseThrow(), task.request, task.until.orElseThrow());
    }

    Submission submit(TaskRequest request, Instant now) {
        Optional<String> refusal = refusal(request, now);
        if (refusal.isPresent()) {
            refused++;
            events.accept(new RequestRefused(now, request.name(), refusal.get()));
            return new Submission.Refused(refusal.get());
        }
        Task task = tasks.accept(request, now);
        rounds.queued(now);
        return new Submission.Accepted(task.id);
    }

    private Optional<String> refusal(TaskRequest request, Instant now) {
        if (closed) {
            return Optional.of("the orchestrator is closed");
        }
        if (request.deadline().filter(deadline -> !deadline.isAfter(now)).isPresent()) {
            return Optional.of("the deadline of task '" + request.name() + "' is "
                    + request.deadline().get() + ", expected one after now, " + now);
        }
        int queued = tasks.queue().size();
        return queued < settings.queueCapacity()
                ? Optional.empty()
                : Optional.of("the queue is full: " + queued + " tasks wait, expected fewer than "
                        + settings.queueCapacity());
    }

    /** Registers an agent; one that is registered by this id leaves. */
    void register(AgentProfile profile, Instant now) {
        agents.find(profile.id()).ifPresent(agent -> depart(agent, AgentStanding.LEFT, "it was registered anew", now));
        agents.register(profile, now);
        rounds.changed(now);
    }

    /** Takes an agent off the register, if it is on it. */
    boolean unregister(String id, String reason, Instant now) {
        Optional<RegisteredAgent> agent = agents.find(id);
        agent.ifPresent(present -> depart(present, AgentStanding.LEFT, reason, now));
        return agent.isPresent();
    }

    private void depart(RegisteredAgent agent, AgentStanding standing, String reason, Instant now) {
        for (long id : List.copyOf(agent.tasks)) {
            Task task = tasks.open(id);
            boolean hasBegun = task.state == TaskState.RUNNING;
            release(task, false, now);
            agent.failed++;
            takeBack(task, hasBegun, "agent '" + agent.id() + "' has gone: " + reason, now);
        }
        agents.depart(agent, standing, reason, now);
        effects.wake(agent.id());
    }

    /** An agent is there; false if it is not registered. */
    boolean heartbeat(String id, Instant now) {
        Optional<RegisteredAgent> agent = agents.find(id);
        agent.ifPresent(present -> agents.heard(present, now));
        return agent.isPresent();
    }

    /**
     * Hands an agent the next of its tasks, which runs from then on.
     *
     * @throws IllegalArgumentException if the agent is not registered, or is called
     */
    Optional<AssignedTask> fetch(String id, Instant now) {
        RegisteredAgent agent = agents.get(id);
        if (agent.isCalled()) {
            throw new IllegalArgumentException("agent '" + id + "' is called with its tasks, expected one without an"
                    + " acting object to fetch them");
        }
        agents.heard(agent, now);
        if (agent.mailbox.isEmpty()) {
            return Optional.empty();
        }
        Task task = tasks.open(agent.mailbox.removeFirst());
        tasks.start(task, now);
        return Optional.of(assigned(task));
    }

    /** Whether there is nothing to fetch for an agent that is registered. */
    boolean hasNothingFor(String id) {
        return agents.find(id).filter(agent -> agent.mailbox.isEmpty()).isPresent();
    }

    /** A call begins; false if its attempt is over already. */
    boolean begin(Attempt attempt, Instant now) {
        Optional<Task> task = tasks.find(attempt.task()).filter(found -> found.isCurrent(attempt));
        task.ifPresent(found -> tasks.start(found, now));
        return task.isPresent();
    }

    /** A call came back, however it ended. */
    void returned(String agent, Attempt attempt, Instant now) {
        if (agents.find(agent)
                .filter(present -> present.lingering.remove(attempt))
                .isPresent()) {
            rounds.changed(now);
        }
    }

    /**
     * @param isBack whether the call of an agent that is called came back with it
     * @throws IllegalArgumentException if there was no such attempt, or its task was not handed out
     */
    Receipt answer(Attempt attempt, JsonNode answer, boolean isBack, Instant now) {
        Optional<Task> current = current(attempt);
        if (current.isPresent()) {
            RegisteredAgent agent = release(current.get(), isBack, now);
            agents.heard(agent, now);
            agent.completed++;
            tasks.complete(current.get(), answer, now);
            effects.ended(current.get().view());
            return Receipt.TAKEN;
        }
        tasks.find(attempt.task()).ifPresent(task -> tasks.late(task, new LateAnswer(attempt, now, answer)));
        return Receipt.LATE;
    }

    /** As {@link #answer}, of an attempt that failed. */
    Receipt fail(Attempt attempt, String reason, boolean isBack, Instant now) {
        Optional<Task> current = current(attempt);
        if (current.isEmpty()) {
            return Receipt.LATE;
        }
        RegisteredAgent agent = release(current.get(), isBack, now);
        agents.heard(agent, now);
        agent.failed++;
        takeBack(current.get(), true, attempt + " failed at agent '" + agent.id() + "': " + reason, now);
        return Receipt.TAKEN;
    }

    /** An agent that is called said so itself, instead of doing an attempt. */
    void gone(AssignedTask task, String reason, Instant now) {
        if (current(task.attempt()).isPresent()) {
            Task open = tasks.open(task.attempt().task());
            RegisteredAgent agent = release(open, true, now);
            takeBack(open, false, "agent '" + agent.id() + "' has gone: " + reason, now);
            depart(agent, AgentStanding.LOST, reason, now);
        }
    }

    private Optional<Task> current(Attempt attempt) {
        Optional<Task> task = tasks.find(attempt.task());
        if (!tasks.wasAccepted(attempt.task())
                || attempt.number() < 1
                || task.filter(found -> attempt.number() > found.attempt).isPresent()) {
            throw new IllegalArgumentException("there was no " + attempt + ", expected one that an agent was given");
        }
        Optional<Task> current = task.filter(found -> found.isCurrent(attempt));
        if (current.filter(found -> found.state == TaskState.ASSIGNED).isPresent()) {
            throw new IllegalArgumentException(attempt + " has not begun, expected an agent to fetch its task first");
        }
        return current;
    }

    /** Frees the place of a task at its agent; a call that goes on keeps it for that long. */
    private RegisteredAgent release(Task task, boolean isBack, Instant now) {
        RegisteredAgent agent = agents.get(task.agent.orElseThrow());
        agent.tasks.remove(task.id);
        agent.mailbox.remove(task.id);
        if (agent.isCalled() && task.state == TaskState.RUNNING && !isBack) {
            agent.lingering.add(task.current());
            effects.interrupt(task.current());
        }
        rounds.changed(now);
        return agent;
    }

    private void takeBack(Task task, boolean isSpent, String reason, Instant now) {
        tasks.takeBack(task, isSpent, reason, now);
        if (task.state.isEnd()) {
            effects.ended(task.view());
        } else {
            rounds.queued(now);
        }
    }

    /** Ends all tasks; there will be no others. */
    void close(Instant now) {
        closed = true;
        for (Task task : tasks.open()) {
            if (task.state.isWithAgent()) {
                release(task, false, now);
            }
            tasks.fail(task, "the orchestrator was closed", now);
            effects.ended(task.view());
        }
    }

    /** When {@link #advance} and {@link #assign} have something to do next. */
    Optional<Instant> nextDue() {
        return Earliest.of(tasks.nextDue(), agents.nextDue(), solving ? Optional.empty() : rounds.due());
    }

    TaskLookup lookup(long id) {
        return tasks.lookup(id);
    }

    List<TaskView> tasks() {
        return tasks.all();
    }

    /** What was decided about a task, and if it is queued, why it still is. */
    List<Decision> why(long id, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        tasks.find(id).ifPresent(task -> {
            decisions.addAll(task.decisions());
            if (task.state == TaskState.QUEUED) {
                decisions.add(new Decision(now, Waiting.sentence(task.kind, agents.all())));
            }
        });
        return decisions;
    }

    List<AgentView> agents() {
        return agents.views();
    }

    List<AgentMatch> find(Requirements requirements) {
        return agents.find(requirements);
    }

    boolean isRegistered(String agent) {
        return agents.find(agent).isPresent();
    }

    List<Round> rounds() {
        return rounds.last();
    }

    OrchestratorStatus status(Instant now) {
        return new OrchestratorStatus(
                now,
                tasks.accepted(),
                refused,
                tasks.counts(),
                tasks.requeues(),
                tasks.lateAnswers(),
                rounds.begun(),
                agents.views());
    }
}
