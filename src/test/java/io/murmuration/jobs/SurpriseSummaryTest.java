package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A summary says when it surprised, and does not take what is missing for no surprise")
class SurpriseSummaryTest {
    private static final String MODEL =
            """
            {"kind": "linear-gaussian", "F": [[1]], "H": [[1]], "Q": [[1]], "R": [[1]], "initial_mean": [0],
             "initial_covariance": [[1]]}
            """;

    @TempDir
    Path folder;

    @Test
    void bySingleRowsOfEachAgent() throws IOException {
        Path model = Files.writeString(folder.resolve("walk.json"), MODEL);
        Path input = Files.writeString(
                folder.resolve("walks.csv"),
                """
                agent_id,t,o0
                a,1,0.5
                a,2,0.6
                a,3,
                a,4,30
                b,1,0.1
                b,2,-20
                b,3,
                """);
        Path output = folder.resolve("out");
        JobHarness.Ended ended =
                JobHarness.run(new InferJob(), "--model", model, "--input", input, "--output", output, "--seed", 1);
        assertEquals(0, ended.status(), ended.err());
        JsonNode summary = JobHarness.JSON
                .readTree(output.resolve("summary.json").toFile())
                .path("models")
                .path("walk");
        JsonNode rows = summary.path("most_surprising_rows");
        assertEquals(5, rows.size(), summary.toString());
        assertEquals("a", rows.get(0).path("agent").asText());
        assertEquals(4, rows.get(0).path("t").asInt());
        assertEquals("b", rows.get(1).path("agent").asText());
        assertEquals(2, rows.get(1).path("t").asInt());
        assertEquals(7, summary.path("rows").asInt());
        assertEquals(2, summary.path("unobserved_rows").asInt());
        assertEquals(0, summary.path("non_finite").asInt());
        assertTrue(summary.at("/by_steps/2/free_energy_mean").isNull());
        assertEquals(2, summary.at("/by_steps/2/rows").asInt());
        String report = Files.readString(output.resolve("report.html"));
        assertTrue(
                report.contains("When it surprised") && report.contains("<dt>rows without observation</dt><dd>2</dd>"));
    }
}
