package io.murmuration.orchestration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.orchestration.assignment.Certificate.Optimal;
import io.murmuration.orchestration.assignment.Requirements;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sixteen threads at one orchestrator, with the system's clock: they register and leave, submit, fetch, answer, fail and fall
 * silent, and processes that work are killed with SIGKILL. Two seconds, or a minute with {@code -Dorchestration.long=true}.
 */
class OrchestratorRunTest {
    private static final Duration TIME = Duration.ofSeconds(Boolean.getBoolean("orchestration.long") ? 60 : 2);
    private static final String WORKER = "while read -r line; do echo '{\"answer\": 1}'; done";

    private final HistoryChecker history = new HistoryChecker();
    private final List<ProcessAgent> processes = new ArrayList<>();
    private final AtomicLong kills = new AtomicLong();
    private final AtomicLong proven = new AtomicLong();
    private final AtomicLong samples = new AtomicLong();
    private final MultiAgentOrchestrator orchestrator = MultiAgentOrchestrator.start(OrchestratorSettings.DEFAULT
            .withLease(Duration.ofMillis(300))
            .withTimeLimit(Duration.ofMillis(500))
            .withAgeingStep(Duration.ofMillis(50))
            .withQueueCapacity(200)
            .withKept(500, Duration.ofSeconds(5))
            .withKeptRounds(200)
            // So that some rounds are one step, and others are not.
            .withPairsAtOnce(60));

    private interface Turn {
        void take(Random random) throws Exception;
    }

    @Test
    @Timeout(150)
    void everyTaskThatWasAcceptedEndsOnceWhoeverComesGoesAndIsKilled() throws Exception {
        orchestrator.listen(history);
        for (int i = 0; i < 2; i++) {
            ProcessAgent process = new ProcessAgent(List.of("sh", "-c", WORKER), 1000);
            processes.add(process);
            orchestrator.register(AgentProfile.acting("p" + i, OrchestratorFixture.gpu(2), 1, process));
        }
        long end = System.nanoTime() + TIME.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            running.add(threads.submit(until(end, i, this::submit)));
        }
        for (int i = 0; i < 7; i++) {
            String id = "f" + i;
            running.add(threads.submit(until(end, 100 + i, random -> fetch(id, random))));
        }
        running.add(threads.submit(until(end, 200, this::called)));
        running.add(threads.submit(until(end, 201, this::kill)));
        running.add(threads.submit(until(end, 202, this::look)));
        running.add(threads.submit(until(end, 203, this::look)));
        for (Future<?> thread : running) {
            thread.get();
        }
        threads.shutdown();
        settle();

        OrchestratorStatus status = orchestrator.status();
        assertEquals(status.accepted(), status.ended(), () -> status.tasks().toString());
        assertEquals(List.of(), history.faults(status));
        assertTrue(kills.get() > 0 && proven.get() > 0 && status.lateAnswers() > 0, this::figures);
        orchestrator.close();
        processes.forEach(ProcessAgent::close);
        System.out.println(figures());
    }

    private String figures() {
        return TIME + ": " + history + "; " + kills + " kills, "
                + orchestrator.status().rounds() + " rounds, " + proven + " looked at and proven, " + samples
                + " times all was there";
    }

    private static Runnable until(long end, long seed, Turn turn) {
        return () -> {
            Random random = new Random(seed);
            while (System.nanoTime() < end) {
                try {
                    turn.take(random);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private void submit(Random random) throws InterruptedException {
        TaskRequest request = OrchestratorFixture.task("t")
                .withPriority(random.nextInt(5))
                .withAttempts(1 + random.nextInt(3))
                .withRequirements(random.nextBoolean() ? Requirements.NONE : OrchestratorFixture.wishedGpus(2));
        if (random.nextInt(10) == 0) {
            request = request.pinnedTo("f" + random.nextInt(7));
        }
        if (random.nextInt(5) == 0) {
            request = request.withDeadline(Instant.now().plusMillis(1 + random.nextInt(300)));
        }
        Submission submission = orchestrator.submit(request);
        if (submission instanceof Submission.Refused) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** An agent's life: it comes, does some tasks, some of them too late, and leaves, or just falls silent. */
    private void fetch(String id, Random random) throws InterruptedException {
        orchestrator.register(
                AgentProfile.fetching(id, OrchestratorFixture.gpu(random.nextInt(3)), 1 + random.nextInt(3)));
        List<Attempt> abandoned = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                AssignedTask task =
                        orchestrator.fetch(id, Duration.ofMillis(20)).orElse(null);
                if (task == null) {
                    continue;
                }
                switch (random.nextInt(12)) {
                    case 0 -> orchestrator.fail(task.attempt(), "no");
                    case 1 -> abandoned.add(task.attempt());
                    default -> orchestrator.answer(task.attempt(), OrchestratorFixture.answer(1));
                }
            }
        } catch (IllegalArgumentException e) {
            // It was silent for too long to be registered still, on a machine that is busy.
            assertTrue(e.getMessage().contains("is not registered (any more"), e.getMessage());
        }
        if (random.nextBoolean()) {
            orchestrator.unregister(id);
        } else {
            TimeUnit.MILLISECONDS.sleep(400);
        }
        for (Attempt attempt : abandoned) {
            Receipt unused = orchestrator.answer(attempt, OrchestratorFixture.answer(2));
        }
    }

    /** An agent that is called, and sometimes takes longer than it may, whether it is interrupted or not. */
    private void called(Random random) throws InterruptedException {
        long seed = random.nextLong();
        orchestrator.register(AgentProfile.acting("c", OrchestratorFixture.gpu(1), 4, task -> {
            switch (new Random(seed + task.attempt().task()).nextInt(20)) {
                case 0 -> throw new IOException("out of ink");
                case 1 -> TimeUnit.MILLISECONDS.sleep(700);
                case 2 -> throw new AgentGoneException("enough", null);
                default -> TimeUnit.MICROSECONDS.sleep(200);
            }
            return OrchestratorFixture.answer(3);
        }));
        TimeUnit.MILLISECONDS.sleep(50);
        if (random.nextInt(3) == 0) {
            orchestrator.unregister("c");
        }
    }

    private void kill(Random random) throws InterruptedException {
        processes.get(random.nextInt(processes.size())).pid().ifPresent(pid -> {
            if (ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false)) {
                kills.incrementAndGet();
            }
        });
        TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
    }

    /** All tasks are somewhere at any time, each can be asked for, and rounds are proven. */
    private void look(Random random) throws InterruptedException {
        OrchestratorStatus status = orchestrator.status();
        assertEquals(
                status.accepted(),
                status.tasks().values().stream().mapToLong(Long::longValue).sum());
        if (status.accepted() > 0) {
            long id = 1 + random.nextLong(status.accepted());
            assertTrue(!(orchestrator.task(id) instanceof TaskLookup.NeverKnown));
            orchestrator
                    .why(id)
                    .forEach(decision -> assertTrue(!decision.sentence().isEmpty()));
        }
        List<Round> rounds = orchestrator.rounds();
        if (!rounds.isEmpty()) {
            Round round = rounds.get(random.nextInt(rounds.size()));
            assertInstanceOf(Optimal.class, round.verdict().orElseThrow());
            round.shortage()
                    .ifPresent(shortage ->
                            assertTrue(shortage.fault(round.problem()).isEmpty()));
            proven.incrementAndGet();
        }
        samples.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(1);
    }

    /** Everybody that tasks may be pinned to is there, and works until all is done. */
    private void settle() throws InterruptedException {
        for (int i = 0; i < 7; i++) {
            orchestrator.register(
                    AgentProfile.acting("f" + i, OrchestratorFixture.gpu(2), 4, task -> OrchestratorFixture.answer(4)));
        }
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < end) {
            OrchestratorStatus status = orchestrator.status();
            if (status.accepted() == status.ended()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
