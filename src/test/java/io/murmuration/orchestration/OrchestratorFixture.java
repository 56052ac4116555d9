package io.murmuration.orchestration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.murmuration.orchestration.assignment.Capabilities;
import io.murmuration.orchestration.assignment.Certificate.Optimal;
import io.murmuration.orchestration.assignment.Requirement.AtLeast;
import io.murmuration.orchestration.assignment.Requirements;
import java.util.List;
import java.util.Map;

/** An orchestrator on virtual time, whose history is checked. */
final class OrchestratorFixture {
    final VirtualClock clock = new VirtualClock();
    final LaterCalls calls = new LaterCalls();
    final HistoryChecker history = new HistoryChecker();
    final MultiAgentOrchestrator orchestrator;

    OrchestratorFixture(OrchestratorSettings settings) {
        orchestrator = MultiAgentOrchestrator.driven(settings, clock, calls);
        orchestrator.listen(history);
    }

    static TaskRequest task(String name) {
        return TaskRequest.of(name, TextNode.valueOf(name));
    }

    static JsonNode answer(int number) {
        return IntNode.valueOf(number);
    }

    static Requirements gpus(double atLeast) {
        return Requirements.of(new AtLeast("gpu", atLeast, true));
    }

    /** As {@link #gpus}, but fewer will do, less well. */
    static Requirements wishedGpus(double atLeast) {
        return Requirements.of(new AtLeast("gpu", atLeast, false));
    }

    static Capabilities gpu(double number) {
        return new Capabilities(Map.of("gpu", number), Map.of());
    }

    void fetching(String id, int limit) {
        orchestrator.register(AgentProfile.fetching(id, Capabilities.NONE, limit));
    }

    long submit(TaskRequest request) {
        return orchestrator.submit(request).orThrow();
    }

    AssignedTask fetch(String agent) {
        return orchestrator.fetch(agent).orElseThrow();
    }

    TaskView view(long id) {
        return assertInstanceOf(TaskLookup.Known.class, orchestrator.task(id)).task();
    }

    TaskState state(long id) {
        return view(id).state();
    }

    String lastReason(long id) {
        List<Decision> why = orchestrator.why(id);
        return why.get(why.size() - 1).sentence();
    }

    /** History and proofs. */
    void check() {
        assertEquals(List.of(), history.faults(orchestrator.status()));
        for (Round round : orchestrator.rounds()) {
            round.verdict().ifPresent(verdict -> assertInstanceOf(Optimal.class, verdict, round::toString));
            if (round.rule().equals("optimal")) {
                assertTrue(round.shortage().stream()
                        .allMatch(shortage -> shortage.fault(round.problem()).isEmpty()));
            }
        }
    }
}
