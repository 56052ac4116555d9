package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.Capabilities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Whether histories are legal where calls are more than one step: agents are called, and rounds solved outside of the lock, by
 * whatever thread comes upon it.
 */
@Param(name = "agent", gen = IntGen.class, conf = "1:2")
public class OrchestratorHistories {
    private final HistoryChecker history = new HistoryChecker();
    private final MultiAgentOrchestrator orchestrator = MultiAgentOrchestrator.driven(
            OrchestratorSettings.DEFAULT
                    .withQueueCapacity(3)
                    .withLease(Duration.ofDays(1))
                    .withRule(AssignmentRule.GREEDY)
                    .withPairsAtOnce(0),
            () -> Instant.EPOCH,
            Runnable::run);

    public OrchestratorHistories() {
        orchestrator.listen(history);
    }

    @Operation
    public void submit() {
        orchestrator.submit(OrchestratorFixture.task("t").withAttempts(2));
    }

    @Operation
    public void register(@Param(name = "agent") int agent) {
        orchestrator.register(AgentProfile.acting("a" + agent, Capabilities.NONE, agent, task -> {
            if (task.attempt().number() % 2 == agent % 2) {
                throw new IllegalStateException("no");
            }
            return OrchestratorFixture.answer(agent);
        }));
    }

    @Operation
    public void unregister(@Param(name = "agent") int agent) {
        orchestrator.unregister("a" + agent);
    }

    @Operation
    public void close() {
        orchestrator.close();
    }

    /** At the end, nobody is called any more: whoever is there has no task, and none waits that somebody could have. */
    @Validate
    public void isLegal() {
        OrchestratorStatus status = orchestrator.status();
        List<String> faults = history.faults(status);
        if (!faults.isEmpty()) {
            throw new AssertionError(faults.toString());
        }
        for (AgentView agent : status.agents()) {
            boolean isThere = agent.standing() != AgentStanding.LEFT;
            if (isThere && (!agent.tasks().isEmpty() || agent.lingering() > 0 || status.in(TaskState.QUEUED) > 0)) {
                throw new AssertionError("something was left undone: " + status);
            }
        }
    }
}
