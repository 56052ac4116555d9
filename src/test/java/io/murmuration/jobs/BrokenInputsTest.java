package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Broken inputs are told in a sentence, and no row is dropped in silence")
class BrokenInputsTest {
    private static final String MODEL = "{\"kind\":\"discrete\",\"A\":[[[0.9,0.1],[0.1,0.9]],[[0.5,0.1],[0.5,0.9]]],"
            + "\"B\":[[[[0.8,1],[0.2,0]],[[0.2,0],[0.8,1]]]],\"D\":[[0.5,0.5]],"
            + "\"modalities\":[{\"name\":\"tone\",\"outcomes\":[\"low\",\"high\"]},{\"name\":\"light\"}]}";

    @TempDir
    Path folder;

    @BeforeEach
    void writeModel() throws IOException {
        Files.writeString(folder.resolve("model.json"), MODEL);
    }

    private JobHarness.Ended infer(List<String> lines, Object... options) throws IOException {
        Files.write(folder.resolve("input.csv"), lines);
        Object[] words = Stream.concat(
                        Stream.of(
                                "--model",
                                folder.resolve("model.json"),
                                "--input",
                                folder.resolve("input.csv"),
                                "--output",
                                folder.resolve("output"),
                                "--format",
                                "json"),
                        Stream.of(options))
                .toArray();
        return JobHarness.run(new InferJob(), words);
    }

    private JsonNode summary() throws IOException {
        return JobHarness.JSON.readTree(folder.resolve("output/summary.json").toFile());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ,1,low,0 | missing-agent | The row has no agent
            a,,low,0 | missing-time | The row has no time
            a,1.5,low,0 | bad-time | The time is "1.5", expected an integer
            a,noon,low,0 | bad-time | The time is "noon", expected an integer
            a,1,loud,0 | unknown-outcome | The outcome of modality 0 ("tone") is "loud", expected one of high, low
            a,1,low,2 | outcome-out-of-range | The outcome of modality 1 ("light") is 2, but there are 2 outcomes (0 to 1)
            a,1,low,-1 | outcome-out-of-range | The outcome of modality 1 ("light") is -1, but there are 2 outcomes (0 to 1)
            a,1,low,0.5 | wrong-type | The outcome of modality 1 ("light") is 0.5, expected a whole number from 0 to 1
            a,1,low,dark | wrong-type | The outcome of modality 1 ("light") is "dark", expected a number
            a,1,low | malformed-row | The row is malformed: "a,1,low"
            a,1,low,0,7 | malformed-row | The row is malformed: "a,1,low,0,7"
            """)
    void aRowThatCannotBeUsedIsKeptWithItsReason(String row, String code, String reason) throws IOException {
        JobHarness.Ended ended = infer(List.of("agent_id,t,tone,light", "a,0,low,1", row), "--max-rejected", 1);
        assertEquals(0, ended.status(), ended.err());
        List<JsonNode> rejected = JobHarness.rows(folder.resolve("output/rejected"));
        assertEquals(1, rejected.size());
        assertEquals(code, rejected.get(0).get("code").asText());
        assertEquals(reason, rejected.get(0).get("reason").asText());
        assertEquals(1, JobHarness.rows(folder.resolve("output/results")).size());
        assertEquals(2, summary().get("rows_read").asInt());
        assertEquals(1, summary().get("rows_rejected").asInt());
    }

    @Test
    void rowsOfOneKeyThatDifferAreAllRejectedAndEqualOnesAreOne() throws IOException {
        List<String> lines = List.of(
                "agent_id,t,tone,light", "a,0,low,0", "a,0,high,0", "a,0,low,0", "b,0,low,0", "b,0,low,0", "b,1,,");
        JobHarness.Ended ended = infer(lines, "--max-rejected", 3);
        assertEquals(0, ended.status(), ended.err());
        assertEquals(3, summary().at("/rejected/conflicting-rows").asInt());
        assertEquals(1, summary().get("duplicates").asInt());
        assertEquals(2, summary().get("rows_written").asInt());
    }

    @Test
    void withTooManyRejectedRowsThereAreNoResultsButTheReasons() throws IOException {
        JobHarness.Ended ended = infer(List.of("agent_id,t,tone,light", "a,0,low,1", "a,1,loud,0"));
        assertEquals(2, ended.status());
        assertTrue(ended.err().startsWith("1 of 2 rows were rejected"), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertFalse(Files.exists(folder.resolve("output/results")));
        assertEquals(1, JobHarness.rows(folder.resolve("output/rejected")).size());
        assertEquals(1, summary().get("rows_rejected").asInt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            --agent who | The input has no column "who" for the agent (--agent); its columns are agent_id, t, tone, light
            --time when | The input has no column "when" for the time (--time); its columns are agent_id, t, tone, light
            --observation sound | The input has no column "sound" for the observation (--observation); its columns are agent_id, t, tone, light
            --observation tone,light,t | The observation has the columns tone, light, t (--observation), but the model sees 2 elements
            --select t,belief,t | --select names a column twice: t, belief, t
            --select believe | The results have no column "believe" (--select); there are agent_id, t, belief, free_energy, neg_efe, policy_posterior, action, action_log_probability, belief_entropy, impossible
            --block-size 0 | --block-size is 0, expected at least 1
            --partitions 0 | --partitions is 0, expected at least 1
            --max-rejected -1 | --max-rejected is -1, expected at least 0
            """)
    void aWrongOptionIsToldInASentence(String option, String sentence) throws IOException {
        JobHarness.Ended ended = infer(List.of("agent_id,t,tone,light", "a,0,low,1"), (Object[]) option.split(" "));
        assertEquals(2, ended.status());
        assertEquals(sentence, ended.err().strip());
        assertFalse(Files.exists(folder.resolve("output/results")));
    }

    @Test
    void anOutputThatExistsIsNotTouched() throws IOException {
        Files.createDirectories(folder.resolve("output"));
        JobHarness.Ended ended = infer(List.of("agent_id,t,tone,light", "a,0,low,1"));
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("exists (--output)"), ended.err());
    }
}
