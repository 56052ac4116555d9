package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.Capabilities;
import java.time.Duration;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Whether each call is one step, whatever other threads do meanwhile: what they return could be had one after the other. */
@Param(name = "agent", gen = IntGen.class, conf = "1:2")
@Param(name = "task", gen = IntGen.class, conf = "1:3")
@Param(name = "attempt", gen = IntGen.class, conf = "1:2")
public class OrchestratorSteps {
    private final MultiAgentOrchestrator orchestrator = MultiAgentOrchestrator.driven(
            OrchestratorSettings.DEFAULT
                    .withQueueCapacity(2)
                    .withLease(Duration.ofDays(1))
                    .withRule(AssignmentRule.GREEDY),
            () -> Instant.EPOCH,
            command -> {
                throw new IllegalStateException("agents are not called here, and rounds are small");
            });

    @Operation
    public String submit(@Param(name = "attempt") int priority) {
        return orchestrator
                .submit(OrchestratorFixture.task("t").withPriority(priority).withAttempts(2))
                .toString();
    }

    @Operation
    public void register(@Param(name = "agent") int agent) {
        orchestrator.register(AgentProfile.fetching("a" + agent, Capabilities.NONE, agent));
    }

    @Operation
    public boolean unregister(@Param(name = "agent") int agent) {
        return orchestrator.unregister("a" + agent);
    }

    @Operation
    public String fetch(@Param(name = "agent") int agent) {
        return orchestrator.fetch("a" + agent).map(AssignedTask::attempt).toString();
    }

    @Operation
    public String answer(@Param(name = "task") int task, @Param(name = "attempt") int attempt) {
        return orchestrator
                .answer(new Attempt(task, attempt), OrchestratorFixture.answer(attempt))
                .toString();
    }

    @Operation
    public String fail(@Param(name = "task") int task, @Param(name = "attempt") int attempt) {
        return orchestrator.fail(new Attempt(task, attempt), "no").toString();
    }

    @Operation
    public String task(@Param(name = "task") int task) {
        return orchestrator.task(task).toString();
    }

    @Operation
    public String counts() {
        return orchestrator.status().tasks().toString();
    }
}
