package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Simulations leave what infer reads")
class SimulateJobTest {
    private static final String MODEL =
            """
            {
            \t"kind": "discrete",
            \t"A": [[[0.9, 0.1], [0.1, 0.9]]],
            \t"B": [[[[1], [0]], [[0], [1]]]],
            \t"D": [[0.5, 0.5]]
            }
            """;

    @TempDir
    Path folder;

    private JobHarness.Ended simulate(Object... options) {
        return JobHarness.run(
                new SimulateJob(),
                Stream.concat(Stream.of("--output", folder.resolve("out"), "--format", "json"), Stream.of(options))
                        .toArray());
    }

    @Test
    void aModelFileIsLeftAsItWasReadWhateverItsIndentation() throws IOException {
        Path model = Files.writeString(folder.resolve("tabs.json"), MODEL);
        JobHarness.Ended ended = simulate("--environment", model, "--agents", 2, "--steps", 3);
        assertEquals(0, ended.status(), ended.err());
        JsonNode left = JobHarness.JSON.readTree(
                folder.resolve("out").resolve("model.json").toFile());
        assertEquals(JobHarness.JSON.readTree(MODEL), left);
        ended = simulate("--overwrite", "--environment", "grid", "--model", model, "--agents", 2, "--steps", 3);
        assertEquals(2, ended.status());
        assertTrue(ended.err().startsWith("The agents' model \"tabs\" has outcomes [2]"), ended.err());
    }

    @Test
    void idsAndFileNamesAreTheSameInEveryCountry() throws IOException {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            JobHarness.Ended ended = simulate("--environment", "bandit", "--agents", 2, "--steps", 1);
            assertEquals(0, ended.status(), ended.err());
        } finally {
            Locale.setDefault(usual);
        }
        List<JsonNode> rows = JobHarness.rows(folder.resolve("out").resolve("observations"));
        assertEquals("agent-000", rows.get(0).get("agent_id").asText());
        try (Stream<Path> files = Files.list(folder.resolve("out").resolve("observations"))) {
            assertTrue(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .allMatch(name -> name.matches("[ -~]+")));
        }
    }

    @Test
    void moreRowsThanCanBeCountedAreRefused() {
        JobHarness.Ended ended = simulate("--environment", "bandit", "--agents", Long.MAX_VALUE, "--steps", 2);
        assertEquals(2, ended.status());
        assertEquals(
                "--agents is 9223372036854775807 and --steps is 2, which makes more rows than can be written, expected at"
                        + " most 1000000000000000",
                ended.err().strip());
    }
}
