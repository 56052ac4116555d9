package io.murmuration.orchestration;

import static io.murmuration.orchestration.OrchestratorFixture.answer;
import static io.murmuration.orchestration.OrchestratorFixture.gpu;
import static io.murmuration.orchestration.OrchestratorFixture.gpus;
import static io.murmuration.orchestration.OrchestratorFixture.task;
import static io.murmuration.orchestration.OrchestratorFixture.wishedGpus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.orchestration.assignment.Capabilities;
import io.murmuration.orchestration.assignment.Shortage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MultiAgentOrchestratorTest {
    private static final OrchestratorSettings SETTINGS = OrchestratorSettings.DEFAULT
            .withLease(Duration.ofSeconds(10))
            .withTimeLimit(Duration.ofSeconds(60))
            .withAgeingStep(Duration.ofSeconds(30))
            .withQueueCapacity(5);

    private OrchestratorFixture fixture = new OrchestratorFixture(SETTINGS);
    private MultiAgentOrchestrator orchestrator = fixture.orchestrator;

    private void use(OrchestratorSettings settings) {
        fixture = new OrchestratorFixture(settings);
        orchestrator = fixture.orchestrator;
    }

    @AfterEach
    void historyIsLegal() {
        fixture.check();
    }

    @Test
    void aTaskIsQueuedAssignedRunningAndCompletedAndCanBeAskedForAllTheTime() {
        long id = fixture.submit(task("count"));
        assertEquals(TaskState.QUEUED, fixture.state(id));

        fixture.fetching("a", 1);
        assertEquals(TaskState.ASSIGNED, fixture.state(id));

        AssignedTask task = fixture.fetch("a");
        assertEquals(new Attempt(id, 1), task.attempt());
        assertEquals(TaskState.RUNNING, fixture.state(id));

        assertEquals(Receipt.TAKEN, orchestrator.answer(task.attempt(), answer(7)));
        assertEquals(TaskState.COMPLETED, fixture.state(id));
        assertEquals(Optional.of(answer(7)), fixture.view(id).answer());
        assertEquals(
                List.of(
                        "accepted, and queued with priority 0",
                        "assigned to agent 'a' in round 1 (optimal), score 1, of which its place costs 0",
                        "agent 'a' has begun",
                        "agent 'a' has answered"),
                orchestrator.why(id).stream().map(Decision::sentence).toList());
    }

    @Test
    void anAgentIsCalledWithItsTasksAsManyAtOnceAsItTakes() {
        List<String> called = new ArrayList<>();
        orchestrator.register(AgentProfile.acting("a", Capabilities.NONE, 2, task -> {
            called.add(task.request().name());
            return answer(called.size());
        }));
        long first = fixture.submit(task("first"));
        long second = fixture.submit(task("second"));
        long third = fixture.submit(task("third"));
        assertEquals(TaskState.QUEUED, fixture.state(third));
        CompletableFuture<TaskView> ending = orchestrator.ending(third);

        fixture.calls.runAll();

        assertEquals(List.of("first", "second", "third"), called);
        assertEquals(TaskState.COMPLETED, fixture.state(first));
        assertEquals(TaskState.COMPLETED, fixture.state(second));
        assertEquals(Optional.of(answer(3)), ending.join().answer());
    }

    @Test
    void anAttemptThatFailsIsFollowedByAnotherUntilNoneIsLeft() {
        orchestrator.register(AgentProfile.acting("a", Capabilities.NONE, 1, task -> {
            throw new IllegalStateException("out of ink");
        }));
        long id = fixture.submit(task("print").withAttempts(2));
        CompletableFuture<TaskView> ending = orchestrator.ending(id);

        fixture.calls.runAll();

        TaskView end = ending.join();
        assertEquals(TaskState.FAILED, end.state());
        assertEquals(2, end.attempt());
        assertEquals(
                "attempt 2 of task 1 failed at agent 'a': java.lang.IllegalStateException: out of ink;"
                        + " that was the last of 2 attempts",
                end.reason());
    }

    @Test
    void anErrorOfAnAgentFailsTheAttemptAndIsNotSwallowed() {
        orchestrator.register(AgentProfile.acting("a", Capabilities.NONE, 1, task -> {
            throw new StackOverflowError();
        }));
        long id = fixture.submit(task("recurse").withAttempts(1));
        assertThrows(StackOverflowError.class, fixture.calls::runAll);
        assertEquals(TaskState.FAILED, fixture.state(id));
    }

    @Test
    void whatAnAgentHadWhenItLeavesGoesToAnother() {
        fixture.fetching("a", 2);
        long begun = fixture.submit(task("begun"));
        long waiting = fixture.submit(task("waiting"));
        AssignedTask attempt = fixture.fetch("a");
        assertEquals(begun, attempt.attempt().task());

        assertTrue(orchestrator.unregister("a"));
        assertFalse(orchestrator.unregister("a"));
        assertEquals(TaskState.QUEUED, fixture.state(begun));
        assertEquals(1, fixture.view(begun).spent());
        assertEquals(0, fixture.view(waiting).spent());

        fixture.fetching("b", 2);
        assertEquals(new Attempt(begun, 2), fixture.fetch("b").attempt());
        assertEquals(new Attempt(waiting, 2), fixture.fetch("b").attempt());
    }

    @Test
    void anAgentThatIsSilentForALeaseIsLostAndItsAnswerIsLate() {
        fixture.fetching("a", 1);
        long id = fixture.submit(task("think"));
        AssignedTask first = fixture.fetch("a");
        fixture.clock.pass(Duration.ofSeconds(8));
        assertTrue(orchestrator.heartbeat("a"));
        fixture.clock.pass(Duration.ofSeconds(8));
        assertTrue(orchestrator.heartbeat("a"));
        assertEquals(TaskState.RUNNING, fixture.state(id));

        fixture.clock.pass(Duration.ofSeconds(10));
        assertEquals(TaskState.QUEUED, fixture.state(id));
        assertFalse(orchestrator.heartbeat("a"));
        assertEquals(Receipt.LATE, orchestrator.answer(first.attempt(), answer(1)));
        assertEquals(TaskState.QUEUED, fixture.state(id));

        fixture.fetching("b", 1);
        AssignedTask second = fixture.fetch("b");
        assertEquals(Receipt.LATE, orchestrator.answer(first.attempt(), answer(2)));
        assertEquals(Receipt.TAKEN, orchestrator.answer(second.attempt(), answer(3)));
        assertEquals(Receipt.LATE, orchestrator.answer(second.attempt(), answer(4)));
        assertEquals(Optional.of(answer(3)), fixture.view(id).answer());
        assertEquals(
                List.of(answer(1), answer(2), answer(4)),
                fixture.view(id).late().stream().map(LateAnswer::answer).toList());
        assertEquals(
                AgentStanding.LOST,
                orchestrator.agents().stream()
                        .filter(agent -> agent.id().equals("a"))
                        .findFirst()
                        .orElseThrow()
                        .standing());
        assertEquals(
                "agent 'a' is not registered (any more: it was not heard from since 2026-01-01T00:00:16Z),"
                        + " expected one that is",
                assertThrows(IllegalArgumentException.class, () -> orchestrator.fetch("a"))
                        .getMessage());
    }

    @Test
    void anAttemptThatTakesTooLongIsTakenBackThoughItsAgentIsThere() {
        fixture.fetching("a", 1);
        long id = fixture.submit(
                task("think").withTimeLimit(Duration.ofSeconds(5)).withAttempts(1));
        fixture.fetch("a");
        fixture.clock.pass(Duration.ofSeconds(5));
        assertEquals(TaskState.FAILED, fixture.state(id));
        assertEquals(
                "attempt 1 of task 1 took agent 'a' too long; that was the last of 1 attempts",
                fixture.view(id).reason());
    }

    @Test
    void aCallThatGoesOnAfterItsAttemptIsInterruptedAndKeepsItsPlaceUntilItComesBack() {
        List<Boolean> interrupted = new ArrayList<>();
        List<Integer> roomMeanwhile = new ArrayList<>();
        orchestrator.register(AgentProfile.acting("a", Capabilities.NONE, 1, task -> {
            fixture.clock.pass(Duration.ofSeconds(60));
            orchestrator.tick();
            interrupted.add(Thread.currentThread().isInterrupted());
            roomMeanwhile.add(orchestrator.agents().get(0).room());
            return answer(1);
        }));
        long id = fixture.submit(task("think").withAttempts(1));
        fixture.calls.runAll();
        assertEquals(List.of(true), interrupted);
        assertEquals(List.of(0), roomMeanwhile);
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(1, orchestrator.agents().get(0).room());
        assertEquals(TaskState.FAILED, fixture.state(id));
        assertEquals(1, fixture.view(id).late().size());
    }

    @Test
    void anAgentThatSaysItIsGoneIsTakenOffAndItsTaskKeepsItsAttempts() {
        orchestrator.register(AgentProfile.acting("a", Capabilities.NONE, 1, task -> {
            throw new AgentGoneException("no such program", null);
        }));
        long id = fixture.submit(task("run"));
        fixture.calls.runAll();
        assertEquals(TaskState.QUEUED, fixture.state(id));
        assertEquals(0, fixture.view(id).spent());
        assertEquals(AgentStanding.LOST, orchestrator.agents().get(0).standing());
        assertEquals("waits: no agent is registered", fixture.lastReason(id));
    }

    @Test
    void aTaskExpiresWhereverItIs() {
        fixture.fetching("a", 1);
        TaskRequest soon = task("soon").withDeadline(fixture.clock.instant().plusSeconds(5));
        long running = fixture.submit(soon);
        long queued = fixture.submit(soon);
        AssignedTask attempt = fixture.fetch("a");
        fixture.clock.pass(Duration.ofSeconds(5));
        assertEquals(TaskState.EXPIRED, fixture.state(running));
        assertEquals(TaskState.EXPIRED, fixture.state(queued));
        assertEquals(Receipt.LATE, orchestrator.answer(attempt.attempt(), answer(1)));
        assertEquals(
                "its deadline, 2026-01-01T00:00:05Z, passed while it was queued",
                fixture.view(queued).reason());
        assertInstanceOf(Submission.Refused.class, orchestrator.submit(soon));
    }

    @Test
    void aFullQueueRefusesWithAReason() {
        for (int i = 0; i < 5; i++) {
            fixture.submit(task("wait"));
        }
        assertEquals(
                new Submission.Refused("the queue is full: 5 tasks wait, expected fewer than 5"),
                orchestrator.submit(task("sixth")));
        fixture.fetching("a", 1);
        assertInstanceOf(Submission.Accepted.class, orchestrator.submit(task("sixth")));
        assertEquals(1, orchestrator.status().refused());
    }

    @Test
    void higherPrioritiesGoFirstAndWaitingRaisesThem() {
        long low = fixture.submit(task("low"));
        fixture.clock.pass(Duration.ofSeconds(59));
        long high = fixture.submit(task("high").withPriority(2));
        fixture.clock.pass(Duration.ofSeconds(2));
        long tooLate = fixture.submit(task("too late").withPriority(2));
        fixture.fetching("a", 1);
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            AssignedTask task = fixture.fetch("a");
            order.add(task.attempt().task());
            orchestrator.answer(task.attempt(), answer(i));
        }
        assertEquals(List.of(high, low, tooLate), order);
    }

    @Test
    void nothingStarvesUnderAStreamOfTasksOfHigherPriority() {
        use(SETTINGS.withQueueCapacity(1000));
        fixture.fetching("a", 1);
        fixture.submit(task("running"));
        long low = fixture.submit(task("low"));
        int seconds = 0;
        // One agent does a task a second, and each second two of priority 10 come: the queue never gets shorter.
        while (fixture.state(low) == TaskState.QUEUED) {
            AssignedTask task = fixture.fetch("a");
            fixture.submit(task("high").withPriority(10));
            fixture.submit(task("high").withPriority(10));
            orchestrator.answer(task.attempt(), answer(0));
            fixture.clock.pass(Duration.ofSeconds(1));
            seconds++;
            assertTrue(seconds < 1000, "starves");
        }
        // Those of the first 300 seconds go before it, 600 in all, one a second.
        assertEquals(600, seconds, 2);
    }

    @Test
    void theBestAssignmentOfABatchIsFoundAndProven() {
        use(SETTINGS.withTiming(new RoundTiming(Duration.ofSeconds(1), 10)));
        orchestrator.register(AgentProfile.fetching("small", gpu(1), 1));
        orchestrator.register(AgentProfile.fetching("large", gpu(4), 1));
        // The first would be done as well by either; whoever gives it the large one leaves the second without.
        long any = fixture.submit(task("any").withRequirements(wishedGpus(1)));
        long four = fixture.submit(task("four").withRequirements(gpus(4)));
        assertEquals(TaskState.QUEUED, fixture.state(any));
        assertEquals(Optional.of(fixture.clock.instant().plusSeconds(1)), orchestrator.nextDue());

        fixture.clock.pass(Duration.ofSeconds(1));
        orchestrator.tick();

        assertEquals(Optional.of("small"), fixture.view(any).agent());
        assertEquals(Optional.of("large"), fixture.view(four).agent());
        Round round = orchestrator.round(1).orElseThrow();
        assertEquals(2, round.proposal().assignment().matched());
        assertTrue(round.verdict().isPresent());
    }

    @Test
    void theGreedyRuleTakesWhatIsBestForTheFirst() {
        use(SETTINGS.withTiming(new RoundTiming(Duration.ofSeconds(1), 2)).withRule(AssignmentRule.GREEDY));
        orchestrator.register(AgentProfile.fetching("small", gpu(1), 1));
        orchestrator.register(AgentProfile.fetching("large", gpu(4), 2));
        long any = fixture.submit(task("any").withRequirements(wishedGpus(1)));
        long other = fixture.submit(task("any").withRequirements(wishedGpus(4)));
        // Both suit the first as well, and the large one has more room.
        assertEquals(Optional.of("large"), fixture.view(any).agent());
        assertEquals(Optional.of("large"), fixture.view(other).agent());
        assertEquals(Optional.empty(), orchestrator.round(1).orElseThrow().verdict());
    }

    @Test
    void aTaskThatNobodyCanDoSaysWhatIsMissing() {
        long id = fixture.submit(task("train").withRequirements(gpus(2)));
        assertEquals("waits: no agent is registered", fixture.lastReason(id));
        orchestrator.register(AgentProfile.fetching("small", gpu(1), 1));
        fixture.fetching("none", 1);
        assertEquals("waits: none of 2 registered agents has gpu >= 2.0", fixture.lastReason(id));
        Shortage shortage = orchestrator.rounds().get(1).shortage().orElseThrow();
        assertEquals(1, shortage.unmatched());
        orchestrator.register(AgentProfile.fetching("large", gpu(2), 1));
        assertEquals(TaskState.ASSIGNED, fixture.state(id));
        long next = fixture.submit(task("train").withRequirements(gpus(2)));
        assertEquals("waits: agent 'large' may have it, but without room now", fixture.lastReason(next));
    }

    @Test
    void aTaskThatGoesToASecondChoiceSaysWhoWouldHaveBeenBetter() {
        orchestrator.register(AgentProfile.fetching("large", gpu(4), 1));
        orchestrator.register(AgentProfile.fetching("small", gpu(1), 1));
        fixture.submit(task("first").withRequirements(gpus(4)));
        long second = fixture.submit(task("second").withRequirements(wishedGpus(4)));
        assertEquals(
                "assigned to agent 'small' in round 2 (optimal), score 0.25, of which its place costs 0;"
                        + " better, but without room left: agent 'large' (1)",
                fixture.lastReason(second));
    }

    @Test
    void aPinnedTaskWaitsForItsAgent() {
        fixture.fetching("a", 1);
        long id = fixture.submit(task("ask b").pinnedTo("b"));
        assertEquals("waits for agent 'b', which is not registered", fixture.lastReason(id));
        fixture.fetching("b", 1);
        assertEquals(Optional.of("b"), fixture.view(id).agent());
    }

    @Test
    void endedTasksAreForgottenAfterAWhileAndThatIsSomethingElseThanNeverKnown() {
        use(SETTINGS.withKept(2, Duration.ofMinutes(1)));
        orchestrator.register(AgentProfile.acting("a", Capabilities.NONE, 1, task -> answer(1)));
        for (int i = 0; i < 3; i++) {
            fixture.submit(task("quick"));
            fixture.calls.runAll();
        }
        assertEquals(new TaskLookup.NoLongerKept(1), orchestrator.task(1));
        assertEquals(TaskState.COMPLETED, fixture.state(2));
        assertEquals(new TaskLookup.NeverKnown(4), orchestrator.task(4));
        assertThrows(IllegalArgumentException.class, () -> orchestrator.ending(1));
        fixture.clock.pass(Duration.ofMinutes(1));
        assertEquals(new TaskLookup.NoLongerKept(3), orchestrator.task(3));
        assertEquals(3, orchestrator.status().in(TaskState.COMPLETED));
        assertEquals(Receipt.LATE, orchestrator.answer(new Attempt(1, 1), answer(5)));
    }

    @Test
    void answersToWhatWasNeverHandedOutAreRefused() {
        fixture.fetching("a", 1);
        long id = fixture.submit(task("think"));
        assertEquals(
                "attempt 1 of task 1 has not begun, expected an agent to fetch its task first",
                assertThrows(IllegalArgumentException.class, () -> orchestrator.answer(new Attempt(id, 1), answer(1)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> orchestrator.answer(new Attempt(id, 2), answer(1)));
        assertThrows(IllegalArgumentException.class, () -> orchestrator.fail(new Attempt(9, 1), "no"));
    }

    @Test
    void anAgentThatIsRegisteredAnewStartsFromNothing() {
        fixture.fetching("a", 1);
        long id = fixture.submit(task("think"));
        AssignedTask before = fixture.fetch("a");
        fixture.fetching("a", 1);
        assertEquals(Receipt.LATE, orchestrator.answer(before.attempt(), answer(1)));
        assertEquals(new Attempt(id, 2), fixture.fetch("a").attempt());
    }

    @Test
    void agentsAreFoundByWhatTheyCanDo() {
        orchestrator.register(AgentProfile.fetching("small", gpu(1), 1));
        orchestrator.register(AgentProfile.fetching("large", gpu(4), 1));
        assertEquals(
                List.of("large"),
                orchestrator.find(gpus(2)).stream()
                        .map(match -> match.agent().id())
                        .toList());
        assertEquals(
                List.of(1.0, 0.5),
                orchestrator.find(wishedGpus(2)).stream().map(AgentMatch::score).toList());
    }

    @Test
    void payloadsAndAnswersCannotBeChangedFromOutside() {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("x", 1);
        long id = fixture.submit(TaskRequest.of("count", payload));
        payload.put("x", 2);
        fixture.fetching("a", 1);
        assertEquals(1, fixture.fetch("a").request().payload().get("x").asInt());
        orchestrator.answer(new Attempt(id, 1), payload);
        payload.put("x", 3);
        assertEquals(2, fixture.view(id).answer().orElseThrow().get("x").asInt());
    }

    @Test
    void aGroupIsAskedAndTheAnswersOfThoseWhoAnswerInTimeAreMadeOne() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            fixture.fetching(id, 1);
        }
        CompletableFuture<Consultation<Integer>> asked = orchestrator.ask(
                List.of("c", "b", "a", "nobody"),
                task("how many?"),
                fixture.clock.instant().plusSeconds(5),
                answers ->
                        answers.stream().mapToInt(each -> each.answer().asInt()).sum());
        orchestrator.answer(fixture.fetch("a").attempt(), answer(1));
        orchestrator.answer(fixture.fetch("c").attempt(), answer(2));
        fixture.fetch("b");
        assertFalse(asked.isDone());
        fixture.clock.pass(Duration.ofSeconds(5));
        orchestrator.tick();

        Consultation<Integer> consultation = asked.get();
        assertEquals(Optional.of(3), consultation.result());
        assertEquals(
                List.of("c", "a"),
                consultation.answers().stream().map(Answer::agent).toList());
        assertEquals(
                Map.of(
                        "b", "its deadline, 2026-01-01T00:00:05Z, passed while it was with agent 'b'",
                        "nobody", "it is not registered"),
                consultation.silent());
        assertThrows(
                IllegalArgumentException.class,
                () -> orchestrator.ask(
                        List.of("a", "a"), task("?"), fixture.clock.instant().plusSeconds(1), List::size));
    }

    @Test
    void whatAnAggregateThrowsFailsTheFuture() {
        orchestrator.register(AgentProfile.acting("a", Capabilities.NONE, 1, task -> answer(1)));
        CompletableFuture<Consultation<Object>> asked = orchestrator.ask(
                List.of("a"), task("?"), fixture.clock.instant().plusSeconds(1), answers -> {
                    throw new IllegalStateException("a quorum is two");
                });
        fixture.calls.runAll();
        assertEquals(
                "a quorum is two",
                assertThrows(ExecutionException.class, asked::get).getCause().getMessage());
    }

    @Test
    void closingEndsAllTasks() {
        fixture.fetching("a", 1);
        long running = fixture.submit(task("running"));
        long queued = fixture.submit(task("queued"));
        fixture.fetch("a");
        orchestrator.close();
        assertEquals(TaskState.FAILED, fixture.state(running));
        assertEquals("the orchestrator was closed", fixture.view(queued).reason());
        assertEquals(new Submission.Refused("the orchestrator is closed"), orchestrator.submit(task("later")));
    }

    @Test
    void aLargeRoundIsSolvedApartAndWhatIsNotPossibleAnyMoreStaysQueued() {
        use(SETTINGS.withPairsAtOnce(0));
        fixture.fetching("a", 1);
        fixture.fetching("b", 1);
        long first = fixture.submit(task("first"));
        // The round that is being solved has an agent 'a', and knows of one task.
        orchestrator.unregister("a");
        orchestrator.unregister("b");
        fixture.fetching("c", 1);
        long second = fixture.submit(task("second"));
        assertTrue(fixture.calls.runOne());
        assertEquals(TaskState.QUEUED, fixture.state(first));
        assertEquals(1, orchestrator.round(1).orElseThrow().stale());
        fixture.calls.runAll();
        assertEquals(TaskState.ASSIGNED, fixture.state(first));
        assertEquals(TaskState.QUEUED, fixture.state(second));
    }

    @Test
    void aClockThatIsSetBackStandsStill() {
        fixture.fetching("a", 1);
        long id = fixture.submit(task("think"));
        fixture.clock.pass(Duration.ofSeconds(-100));
        fixture.fetch("a");
        assertEquals(fixture.view(id).submitted(), fixture.view(id).since());
    }

    @Test
    void aListenerThatThrowsChangesNothingAndOneThatCallsBackIsTold() {
        List<Throwable> uncaught = new ArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try {
            orchestrator.listen(event -> orchestrator.tick());
            assertEquals(TaskState.QUEUED, fixture.state(fixture.submit(task("think"))));
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(before);
        }
        assertEquals(1, uncaught.size());
        assertInstanceOf(IllegalStateException.class, uncaught.get(0));
    }

    @Test
    void statusCountsTasksByStateAndShowsAgents() {
        fixture.fetching("a", 2);
        fixture.fetching("b", 1);
        long id = fixture.submit(task("one").pinnedTo("a"));
        fixture.submit(task("two").pinnedTo("b"));
        fixture.submit(task("three").pinnedTo("b"));
        fixture.fetch("a");
        OrchestratorStatus status = orchestrator.status();
        assertEquals(1, status.in(TaskState.RUNNING));
        assertEquals(1, status.in(TaskState.ASSIGNED));
        assertEquals(1, status.in(TaskState.QUEUED));
        assertEquals(3, status.accepted());
        assertEquals(
                Map.of("a", AgentStanding.BUSY, "b", AgentStanding.FULL),
                status.agents().stream().collect(Collectors.toMap(AgentView::id, AgentView::standing)));
        assertEquals(List.of(id), status.agents().get(0).tasks());
    }
}
