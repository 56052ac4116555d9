package io.murmuration.orchestration;

import static io.murmuration.orchestration.OrchestratorFixture.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.murmuration.orchestration.OrchestrationEvent.TaskMoved;
import io.murmuration.orchestration.assignment.Capabilities;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes of a shell. */
@Timeout(60)
class ProcessAgentTest {
    /** Answers each task with its own number as a process; the first attempt of a slow one it never answers. */
    private static final String WORKER =
            """
            while read -r line; do
              case $line in
                *'"attempt":1,"name":"slow"'*) sleep 60 2> /dev/null;;
                *'"name":"die"'*) exit 3;;
                *'"name":"refuse"'*) echo '{"error": "out of ink"}';;
                *'"name":"babble"'*) echo 'hello';;
                *) echo "{\\"answer\\": $$}";;
              esac
            done
            """;

    private final ProcessAgent agent = new ProcessAgent(List.of("sh", "-c", WORKER), 2);

    @AfterEach
    void end() {
        agent.close();
    }

    private static AssignedTask assigned(String name) {
        return new AssignedTask(
                new Attempt(1, 1),
                "p",
                TaskRequest.of(name, JsonNodeFactory.instance.arrayNode().add(1)),
                Instant.EPOCH);
    }

    private String failure(String name) {
        return assertThrows(IOException.class, () -> agent.act(assigned(name))).getMessage();
    }

    @Test
    void aProcessAnswersOneTaskAfterTheOther() throws Exception {
        assertTrue(agent.pid().isEmpty());
        long pid = agent.act(assigned("count")).asLong();
        assertEquals(pid, agent.pid().orElseThrow());
        assertEquals(pid, agent.act(assigned("count")).asLong());
    }

    @Test
    void anAttemptThatTheProcessRefusesFailsAndTheProcessGoesOn() throws Exception {
        long pid = agent.act(assigned("count")).asLong();
        assertEquals("out of ink", failure("refuse"));
        assertEquals(pid, agent.act(assigned("count")).asLong());
    }

    @Test
    void aProcessThatDiesOrBabblesIsFollowedByAnother() throws Exception {
        long pid = agent.act(assigned("count")).asLong();
        assertEquals("its process ended with 3 without an answer", failure("die"));
        long next = agent.act(assigned("count")).asLong();
        assertNotEquals(pid, next);
        assertEquals("its process wrote no JSON: hello", failure("babble"));
        assertNotEquals(next, agent.act(assigned("count")).asLong());
    }

    @Test
    void anAgentWhoseProcessesDieAgainAndAgainIsGone() {
        failure("die");
        failure("die");
        assertEquals(
                "its process died 2 times in a row without an answer",
                assertThrows(AgentGoneException.class, () -> agent.act(assigned("count")))
                        .getMessage()
                        .split(":")[0]);
    }

    @Test
    void anAgentWhoseProgramIsNotThereIsGone() {
        try (ProcessAgent none = new ProcessAgent(List.of("no-such-program-at-all"), 2)) {
            String message = assertThrows(AgentGoneException.class, () -> none.act(assigned("count")))
                    .getMessage();
            assertTrue(message.startsWith("its process cannot be started: "), message);
        }
        assertThrows(IllegalArgumentException.class, () -> new ProcessAgent(List.of("sh"), 0));
    }

    @Test
    void aProcessThatIsKilledAtItsTaskFailsTheAttemptAndTheNextOneIsAnswered() throws Exception {
        try (MultiAgentOrchestrator orchestrator = MultiAgentOrchestrator.start(OrchestratorSettings.DEFAULT)) {
            BlockingQueue<TaskMoved> running = running(orchestrator);
            orchestrator.register(AgentProfile.acting("p", Capabilities.NONE, 1, agent));
            long id = orchestrator.submit(task("slow")).orThrow();
            assertEquals(id, running.take().task());
            long pid = pidOfRunning();
            // The shell's child lives on, and holds its output open.
            assertEquals(
                    0, new ProcessBuilder("sh", "-c", "kill -9 " + pid).start().waitFor());

            TaskView end = orchestrator.ending(id).get(30, TimeUnit.SECONDS);
            assertEquals(TaskState.COMPLETED, end.state(), end.reason());
            assertEquals(2, end.attempt());
            assertNotEquals(pid, end.answer().orElseThrow().asLong());
            assertEquals(
                    "attempt 1 of task 1 failed at agent 'p': java.io.IOException: its process ended with 137"
                            + " without an answer; queued again",
                    orchestrator.why(id).get(3).sentence());
        }
    }

    @Test
    void aProcessThatTakesTooLongIsEndedAndTheNextOneAnswers() throws Exception {
        try (MultiAgentOrchestrator orchestrator = MultiAgentOrchestrator.start(OrchestratorSettings.DEFAULT)) {
            BlockingQueue<TaskMoved> running = running(orchestrator);
            orchestrator.register(AgentProfile.acting("p", Capabilities.NONE, 1, agent));
            long id = orchestrator
                    .submit(task("slow").withTimeLimit(Duration.ofSeconds(2)))
                    .orThrow();
            assertEquals(id, running.take().task());
            ProcessHandle process = ProcessHandle.of(pidOfRunning()).orElseThrow();
            assertEquals(2, orchestrator.ending(id).get(30, TimeUnit.SECONDS).attempt());
            process.onExit().get(30, TimeUnit.SECONDS);
            assertFalse(process.isAlive());
        }
    }

    private static BlockingQueue<TaskMoved> running(MultiAgentOrchestrator orchestrator) {
        BlockingQueue<TaskMoved> running = new LinkedBlockingQueue<>();
        orchestrator.listen(event -> {
            if (event instanceof TaskMoved moved && moved.to() == TaskState.RUNNING) {
                running.add(moved);
            }
        });
        return running;
    }

    /** The call begins a little before its process does. */
    private long pidOfRunning() {
        while (agent.pid().isEmpty()) {
            Thread.onSpinWait();
        }
        return agent.pid().getAsLong();
    }
}
