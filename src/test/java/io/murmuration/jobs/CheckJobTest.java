package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.environment.Environments;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckJobTest {
    @TempDir
    Path folder;

    private JobHarness.Ended check(String model) throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), model);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                JobRunner.run(new CheckJob(), new PrintWriter(out), new PrintWriter(err), "--model", file.toString());
        return new JobHarness.Ended(status, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"t-maze", "grid", "bandit", "plant"})
    void worldsAreDescribedInAlignedLines(String name) throws IOException {
        JobHarness.Ended ended = check(Environments.model(name).toString());
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.out().startsWith("model        " + name + ", "), ended.out());
        List<String> lines = ended.out().lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.charAt(12) == ' ' && line.length() > 13), ended.out());
        for (String label : List.of("inference", "planning", "learning", "memory", "operations")) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(label + " ")), label);
        }
    }

    @Test
    void warningsAreNoFailure() throws IOException {
        JobHarness.Ended ended = check(Environments.model("t-maze").toString());
        assertEquals(0, ended.status());
        assertTrue(
                ended.out()
                        .contains("warning      States right and left of factor 0 (location) cannot be left: whatever"
                                + " the agent does, it stays there"),
                ended.out());
    }

    @Test
    void aBrokenModelIsTheCallersMistake() throws IOException {
        JobHarness.Ended ended = check("{\"kind\": \"discrete\"}");
        assertEquals(2, ended.status());
        assertEquals("model.json: B is missing, and there is no pB to take it from\n", ended.err());
        assertEquals("", ended.out());
    }
}
