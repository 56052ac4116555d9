package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("With --step, missing observations stand in gaps of time")
class RegularTimeTest {
    private static final String MODEL = "{\"kind\":\"linear-gaussian\",\"F\":[[0.9]],\"H\":[[1]],\"Q\":[[1]],"
            + "\"R\":[[1]],\"initial_mean\":[0],\"initial_covariance\":[[1]]}";

    @TempDir
    Path folder;

    private JobHarness.Ended infer(String name, List<String> lines, Object... options) throws IOException {
        Path model = Files.writeString(folder.resolve("model.json"), MODEL);
        Path input = folder.resolve(name + ".csv");
        Files.write(input, lines);
        return JobHarness.run(
                new InferJob(),
                Stream.concat(
                                Stream.of("--model", model, "--input", input, "--observation", "value"),
                                Stream.concat(
                                        Stream.of("--output", folder.resolve(name), "--format", "json"),
                                        Stream.of(options)))
                        .toArray());
    }

    private List<JsonNode> results(String name) throws IOException {
        return JobHarness.rows(folder.resolve(name).resolve("results"));
    }

    private JsonNode summary(String name) throws IOException {
        return JobHarness.JSON.readTree(
                folder.resolve(name).resolve("summary.json").toFile());
    }

    @Test
    void theyAreAsIfTheTableHadEmptyRows() throws IOException {
        List<String> sparse = List.of("agent_id,t,value", "a,-4,1", "a,2,2", "a,4,", "a,10,3", "b,7,1", "b,9,1");
        List<String> full = List.of(
                "agent_id,t,value",
                "a,-4,1",
                "a,-2,",
                "a,0,",
                "a,2,2",
                "a,4,",
                "a,6,",
                "a,8,",
                "a,10,3",
                "b,7,1",
                "b,9,1");
        assertEquals(0, infer("sparse", sparse, "--step", 2).status());
        assertEquals(0, infer("full", full).status());
        assertEquals(10, results("full").size());
        assertEquals(results("full"), results("sparse"));
        assertEquals(4, summary("sparse").get("rows_inserted").asInt());
        assertEquals(6, summary("sparse").get("rows_read").asInt());
        assertEquals(10, summary("sparse").get("rows_written").asInt());
    }

    @Test
    void durationsAreThoseOfTimestamps() throws IOException {
        List<String> lines = List.of(
                "agent_id,t,value",
                "a,2024-02-28 23:55:00,1",
                "a,2024-02-29 00:10:00,2",
                "a,2024-02-29 00:12:00,2",
                "a,2024-02-29 00:15:00,2");
        assertEquals(
                0,
                infer("times", lines, "--step", "5 minutes", "--max-rejected", 1)
                        .status());
        assertEquals(
                List.of(
                        "2024-02-28T23:55:00.000000Z",
                        "2024-02-29T00:00:00.000000Z",
                        "2024-02-29T00:05:00.000000Z",
                        "2024-02-29T00:10:00.000000Z",
                        "2024-02-29T00:15:00.000000Z"),
                results("times").stream().map(row -> row.get("t").asText()).toList());
        JsonNode rejected = JobHarness.rows(folder.resolve("times/rejected")).get(0);
        assertEquals("off-step", rejected.get("code").asText());
        assertEquals(
                "Agent \"a\" has a row at 2024-02-29T00:12:00Z, which is no whole number of steps (--step) after"
                        + " 2024-02-29T00:10:00Z",
                rejected.get("reason").asText());
    }

    @Test
    void aBrokenClockFillsNoDisk() throws IOException {
        List<String> lines =
                List.of("agent_id,t,value", "a,0,1", "a,1,1", "a,9223372036854775807,1", "b,-9223372036854775808,1");
        assertEquals(0, infer("clock", lines, "--step", 1, "--max-rejected", 1).status());
        assertEquals(3, results("clock").size());
        assertEquals(
                "Agent \"a\" has a row at 9223372036854775807, which is more than 1000000 steps (--step) after 1",
                JobHarness.rows(folder.resolve("clock/rejected"))
                        .get(0)
                        .get("reason")
                        .asText());
    }

    @Test
    void whoGoesOnFromAnEarlierRunHasGapsFromThereOn() throws IOException {
        List<String> all = List.of("agent_id,t,value", "a,0,1", "a,1,2", "a,5,3", "a,6,4");
        assertEquals(0, infer("whole", all, "--step", 1).status());
        assertEquals(0, infer("early", all.subList(0, 3), "--step", 1).status());
        List<String> rest = List.of("agent_id,t,value", "a,5,3", "a,6,4");
        assertEquals(
                0,
                infer("late", rest, "--step", 1, "--initial", folder.resolve("early"))
                        .status());
        assertEquals(results("whole").subList(2, 7), results("late"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1 | 0 | --step is 0, expected an integer that is at least 1, since the times are integers
            1 | 5 minutes | --step is 5 minutes, expected an integer that is at least 1, since the times are integers
            2024-01-01 | 5 | --step is 5, expected a duration such as "5 minutes", since the times are timestamps
            2024-01-01 | 1 month | --step is 1 month, expected a duration such as "5 minutes", since the times are timestamps
            2024-01-01 | -1 day | --step is -1 day, expected a duration such as "5 minutes", since the times are timestamps
            """)
    void aStepThatIsNoneIsRefused(String time, String step, String sentence) throws IOException {
        JobHarness.Ended ended = infer("refused", List.of("agent_id,t,value", "a," + time + ",1"), "--step", step);
        assertEquals(sentence, ended.err().strip());
        assertEquals(2, ended.status());
    }
}
