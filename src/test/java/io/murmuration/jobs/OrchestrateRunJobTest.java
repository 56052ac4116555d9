package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Agents and tasks of files are orchestrated, and each task's end and reasons written")
class OrchestrateRunJobTest {
    @TempDir
    Path folder;

    private JobHarness.Ended run(Object... options) {
        return JobHarness.run(new OrchestrateJob(), "run", options, "--output", folder.resolve("out"));
    }

    @Test
    void theExampleRunsToItsEnd() throws IOException {
        JobHarness.Ended ended =
                run("--agents", "conf/orchestration/agents.yaml", "--tasks", "conf/orchestration/tasks.jsonl");
        assertEquals(0, ended.status(), ended.err());
        JsonNode summary =
                JobHarness.JSON.readTree(folder.resolve("out/summary.json").toFile());
        assertEquals(134, summary.get("accepted").asInt());
        assertEquals(133, summary.get("completed").asInt());
        assertEquals(1, summary.get("expired").asInt());
        List<String> tasks = Files.readAllLines(folder.resolve("out/tasks.csv"));
        assertEquals(135, tasks.size());
        assertTrue(
                tasks.stream().anyMatch(line -> line.contains("order a service,completed,clerk,1")), tasks::toString);
        assertTrue(Files.readString(folder.resolve("out/decisions.csv")).contains("paint"));
        List<String> said = Files.readAllLines(folder.resolve("out/consultations.jsonl"));
        assertEquals(4, said.size());
        JsonNode worn = JobHarness.JSON.readTree(said.get(0));
        assertEquals(3, worn.get("answers").size());
        double sum = worn.at("/result/belief/0/0").asDouble()
                + worn.at("/result/belief/0/1").asDouble();
        assertEquals(1, sum, 1e-12);
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("clerk"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agents: [] | {} | agents.yaml (--agents) names no agents, expected a list \"agents\"",
                "agents: [{id: a}] | {} | agents.yaml (--agents), agent 1 (a) has neither a model nor a command, expected one of"
                        + " them",
                "agents: [{id: a, modle: x}] | {} | agents.yaml (--agents), agent 1 has the key \"modle\", expected some of"
                        + " capabilities, command, count, id, limit, model",
                "agents: [{id: a, command: [cat], limit: 2}] | {} | agents.yaml (--agents), agent 1 (a) has a limit of 2,"
                        + " expected 1 of a process, which does one task at a time",
                "agents: [{id: a, command: [cat]}, {id: a, command: [cat]}] | {} | agents.yaml (--agents) names a twice,"
                        + " expected ids that differ",
                "agents: [{id: a, command: [cat]}] | {\"nmae\": 1} | tasks.jsonl (--tasks), line 1: the key \"nmae\" is not"
                        + " known, expected some of agent, ask, attempts, deadline_seconds, name, payload, pool, priority,"
                        + " requirements, time_limit_seconds",
                "agents: [{id: a, command: [cat]}] | {\"requirements\": {\"min_x\": \"y\"}} | tasks.jsonl (--tasks), line 1: the"
                        + " requirement \"min_x\": \"y\" is none, expected min_X or must_min_X with a number, or is_X or"
                        + " must_is_X with a text",
                "agents: [{id: a, command: [cat]}] | {\"ask\": [\"a\"], \"pool\": \"best\"} | tasks.jsonl (--tasks), line 1: pool"
                        + " is \"best\", expected majority, linear or logarithmic"
            })
    void whatIsWrongInAFileIsSaidInASentence(String agents, String task, String sentence) throws IOException {
        Path agentsFile = Files.writeString(folder.resolve("agents.yaml"), agents);
        Path tasksFile = Files.writeString(folder.resolve("tasks.jsonl"), task + "\n");
        JobHarness.Ended ended = run("--agents", agentsFile, "--tasks", tasksFile);
        assertEquals(sentence, ended.err().strip().replace(folder + "/", ""));
        assertEquals(JobRunner.CALLERS_MISTAKE, ended.status());
        assertFalse(Files.exists(folder.resolve("out")));
    }
}
