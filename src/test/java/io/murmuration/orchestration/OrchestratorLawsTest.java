package io.murmuration.orchestration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.orchestration.assignment.Capabilities;
import io.murmuration.orchestration.assignment.Requirements;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever happens, in whatever order. */
class OrchestratorLawsTest {
    private static final int OPERATIONS = 300;

    @Provide
    Arbitrary<OrchestratorSettings> settings() {
        return Combinators.combine(
                        Arbitraries.of(AssignmentRule.OPTIMAL, AssignmentRule.GREEDY),
                        Arbitraries.of(
                                RoundTiming.IMMEDIATE,
                                new RoundTiming(Duration.ofSeconds(3), 4),
                                new RoundTiming(Duration.ofSeconds(10), 1000)),
                        Arbitraries.of(0, 6, 4096),
                        Arbitraries.of(3, 1000),
                        Arbitraries.of(0, 5, 1000))
                .as((rule, timing, pairsAtOnce, capacity, kept) -> OrchestratorSettings.DEFAULT
                        .withRule(rule)
                        .withTiming(timing)
                        .withPairsAtOnce(pairsAtOnce)
                        .withQueueCapacity(capacity)
                        .withLease(Duration.ofSeconds(10))
                        .withTimeLimit(Duration.ofSeconds(20))
                        .withKept(kept, Duration.ofMinutes(1))
                        .withKeptRounds(10_000));
    }

    @Property(tries = 100)
    @Label("Histories are legal, no task is lost, all that were accepted end, and optimal rounds are proven")
    void everythingEnds(@ForAll("settings") OrchestratorSettings settings, @ForAll long seed) {
        Life life = new Life(settings, seed);
        for (int i = 0; i < OPERATIONS; i++) {
            life.next();
            OrchestratorStatus status = life.fixture.orchestrator.status();
            assertEquals(
                    status.accepted(),
                    status.tasks().values().stream().mapToLong(Long::longValue).sum());
            assertTrue(LongStream.rangeClosed(1, status.accepted())
                    .noneMatch(id -> life.fixture.orchestrator.task(id) instanceof TaskLookup.NeverKnown));
        }
        life.fixture.check();
        life.settle();
        OrchestratorStatus end = life.fixture.orchestrator.status();
        assertEquals(end.accepted(), end.ended(), () -> end.tasks().toString());
        life.fixture.check();
    }

    @Property(tries = 30)
    @Label("Told the same, it decides the same")
    void deterministic(@ForAll("settings") OrchestratorSettings settings, @ForAll long seed) {
        assertEquals(history(settings, seed), history(settings, seed));
    }

    private static List<OrchestrationEvent> history(OrchestratorSettings settings, long seed) {
        List<OrchestrationEvent> events = new ArrayList<>();
        Life life = new Life(settings, seed);
        life.fixture.orchestrator.listen(events::add);
        for (int i = 0; i < OPERATIONS; i++) {
            life.next();
        }
        return events;
    }

    /** Agents that come and go, called or fetching, and tasks, all as chance has it. */
    private static final class Life {
        private final OrchestratorFixture fixture;
        private final MultiAgentOrchestrator orchestrator;
        private final Random random;
        private final List<AssignedTask> fetched = new ArrayList<>();
        private boolean failing = true;

        Life(OrchestratorSettings settings, long seed) {
            fixture = new OrchestratorFixture(settings);
            orchestrator = fixture.orchestrator;
            random = new Random(seed);
        }

        void next() {
            String agent = "a" + random.nextInt(5);
            switch (random.nextInt(14)) {
                case 0 -> register(agent, random.nextInt(3), 1 + random.nextInt(3));
                case 1 -> orchestrator.unregister(agent);
                case 2, 3, 4 -> {
                    Submission unused = orchestrator.submit(request());
                }
                case 5, 6 -> {
                    // Refused to those that are called or not registered; all others are heard from by this.
                    boolean fetches = orchestrator.agents().stream()
                            .anyMatch(view ->
                                    view.id().equals(agent) && view.lease().isPresent());
                    if (fetches) {
                        orchestrator.fetch(agent).ifPresent(fetched::add);
                    }
                }
                case 7, 8 -> end(false);
                case 9 -> end(true);
                case 10 -> orchestrator.heartbeat(agent);
                case 11, 12 -> fixture.calls.runOne();
                default -> fixture.clock.pass(Duration.ofSeconds(random.nextInt(5)));
            }
        }

        private void register(String id, int gpus, int limit) {
            Capabilities capabilities = OrchestratorFixture.gpu(gpus);
            orchestrator.register(
                    random.nextBoolean()
                            ? AgentProfile.fetching(id, capabilities, limit)
                            : AgentProfile.acting(id, capabilities, limit, this::act));
        }

        private JsonNode act(AssignedTask task) throws Exception {
            int chance = failing ? random.nextInt(10) : 9;
            if (chance == 0) {
                throw new IOException("out of ink");
            }
            if (chance == 1) {
                throw new AgentGoneException("out of everything", null);
            }
            if (chance == 2) {
                // Longer than it may, and it comes back while others go on.
                fixture.clock.pass(Duration.ofSeconds(20));
                orchestrator.tick();
            }
            return OrchestratorFixture.answer(task.attempt().number());
        }

        private TaskRequest request() {
            TaskRequest request = OrchestratorFixture.task("t")
                    .withPriority(random.nextInt(5) - 2)
                    .withAttempts(1 + random.nextInt(3))
                    .withRequirements(
                            switch (random.nextInt(3)) {
                                case 0 -> Requirements.NONE;
                                case 1 -> OrchestratorFixture.gpus(1 + random.nextInt(2));
                                default -> OrchestratorFixture.wishedGpus(1 + random.nextInt(2));
                            });
            if (random.nextInt(4) == 0) {
                request = request.pinnedTo("a" + random.nextInt(5));
            }
            return random.nextInt(3) == 0
                    ? request.withDeadline(fixture.clock.instant().plusSeconds(1 + random.nextInt(30)))
                    : request;
        }

        /** Ends an attempt that was handed out once, in time or long after. */
        private void end(boolean fails) {
            if (!fetched.isEmpty()) {
                Attempt attempt = fetched.get(random.nextInt(fetched.size())).attempt();
                Receipt unused = fails
                        ? orchestrator.fail(attempt, "no")
                        : orchestrator.answer(attempt, OrchestratorFixture.answer(attempt.number()));
            }
        }

        /** All agents are there, can do everything, and fail no more. */
        void settle() {
            failing = false;
            for (int i = 0; i < 5; i++) {
                orchestrator.register(AgentProfile.acting("a" + i, OrchestratorFixture.gpu(2), 2, this::act));
            }
            fixture.calls.runAll();
            // Rounds that wait for a batch to be full are held when they are old enough.
            for (int i = 0; i < 1000; i++) {
                fixture.clock.pass(Duration.ofSeconds(1));
                orchestrator.tick();
                fixture.calls.runAll();
                OrchestratorStatus status = orchestrator.status();
                if (status.accepted() == status.ended()) {
                    return;
                }
            }
        }
    }
}
