package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tables are read as they come, and nothing of them is lost in silence")
class RealTablesTest {
    private static final String LEVEL = "{\"kind\":\"linear-gaussian\",\"F\":[[1]],\"H\":[[1]],\"Q\":[[1]],"
            + "\"R\":[[1]],\"initial_mean\":[0],\"initial_covariance\":[[1]]}";
    private static final String TWO_FACTORS =
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.1],[0.1,0.9]],[[0.8,0.2],[0.2,0.8]]],"
                    + "\"A_dependencies\":[[0],[1]],\"B\":[[[[1,0],[0,1]],[[0,1],[1,0]]],[[[1,0],[0,1]],[[0,1],[1,0]]]],"
                    + "\"D\":[[0.5,0.5],[0.5,0.5]]}";

    @TempDir
    Path folder;

    private JobHarness.Ended infer(String model, String output, Path input, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), model);
        return JobHarness.run(
                new InferJob(),
                Stream.concat(
                                Stream.of("--model", file, "--input", input, "--output", folder.resolve(output)),
                                Stream.of(options))
                        .toArray());
    }

    private void inferWell(String model, String output, Path input, Object... options) throws IOException {
        JobHarness.Ended ended = infer(model, output, input, options);
        assertEquals(0, ended.status(), ended.err());
    }

    private Path table(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    private List<JsonNode> rows(String table) throws IOException {
        return JobHarness.rows(folder.resolve(table));
    }

    private List<String> reasons(String output) throws IOException {
        return rows(output + "/rejected").stream()
                .map(row -> row.get("code").asText() + ": " + row.get("reason").asText())
                .sorted()
                .toList();
    }

    @Test
    void rowsBeforeTheStateThatAnAgentGoesOnFromAreLate() throws IOException {
        inferWell(LEVEL, "early", table("early.csv", "agent_id,t,o0", "a,0,1", "a,10,2"), "--format", "json");
        Path later = table("later.csv", "agent_id,t,o0", "a,5,7", "a,10,2", "a,11,3", "b,1,1");
        inferWell(LEVEL, "later", later, "--format", "json", "--initial", folder.resolve("early"), "--max-rejected", 2);
        assertEquals(
                List.of(
                        "late: Agent \"a\" goes on after 10, but the row is of 5",
                        "late: Agent \"a\" has had a row of 10"),
                reasons("later"));
        assertEquals(2, rows("later/results").size());
        assertEquals(2, rows("later/state").size());
        inferWell(LEVEL, "whole", table("whole.csv", "agent_id,t,o0", "a,0,1", "a,10,2", "a,11,3"), "--format", "json");
        assertEquals(rows("whole/results").get(2), rows("later/results").get(0));

        JobHarness.Ended ended = infer(LEVEL, "refused", later, "--clustered", "--initial", folder.resolve("early"));
        assertEquals(2, ended.status());
        assertTrue(ended.err().startsWith("--clustered does not go with --initial"), ended.err());
    }

    @Test
    void timesKeepTheirMicrosecondsInEveryFormat() throws IOException {
        Path input = table(
                "times.csv",
                "agent_id,t,o0",
                "a,2024-03-31 02:30:00.000001,1",
                "a,2024-03-31T02:30:00.000002Z,2",
                "a,2024-03-31T04:30:00.000003+02:00,3",
                "a,2024-04-01,4");
        for (String format : List.of("json", "csv")) {
            inferWell(LEVEL, format, input, "--format", format, "--select", "agent_id,t,mean");
            inferWell(
                    LEVEL,
                    "again-" + format,
                    folder.resolve(format + "/results"),
                    "--observation",
                    "mean",
                    "--format",
                    "json");
            assertEquals(
                    List.of(
                            "2024-03-31T02:30:00.000001Z",
                            "2024-03-31T02:30:00.000002Z",
                            "2024-03-31T02:30:00.000003Z",
                            "2024-04-01T00:00:00.000000Z"),
                    rows("again-" + format + "/results").stream()
                            .map(row -> row.get("t").asText())
                            .toList());
        }
    }

    @Test
    void aTimeOfDayAloneIsNoTime() throws IOException {
        Path input = table("day.csv", "agent_id,t,o0", "a,2024-03-31 02:30:00,1", "a,12:30,1", "a,20240401,1");
        inferWell(LEVEL, "out", input, "--format", "json", "--max-rejected", 2);
        assertEquals(
                List.of(
                        "bad-time: The time is \"12:30\", expected a timestamp",
                        "bad-time: The time is \"20240401\", expected a timestamp"),
                reasons("out"));
    }

    @Test
    void cellsThatAreNoObservationSayWhatTheyAre() throws IOException {
        Path input = table("cells.csv", "agent_id;t;observation".replace(';', '\t'), "a\t0\tx");
        Path json = table(
                "cells.json",
                "{\"agent_id\":\"a\",\"t\":0,\"observation\":\"[NaN, 0]\"}",
                "{\"agent_id\":\"a\",\"t\":1,\"observation\":\"[[1], 0]\"}",
                "{\"agent_id\":\"a\",\"t\":2,\"observation\":\"[1,\"}");
        assertEquals(2, infer(TWO_FACTORS, "tabs", input).status());
        inferWell(TWO_FACTORS, "out", json, "--format", "json", "--max-rejected", 3);
        assertEquals(
                List.of(
                        "wrong-type: The observation is an array that is not JSON, expected an array",
                        "wrong-type: The outcome of modality 0 is NaN, expected a whole number from 0 to 1",
                        "wrong-type: The outcome of modality 0 is an array in an array, expected a number"),
                reasons("out"));
    }

    @Test
    void aFolderOfSeveralFormatsIsToldInASentence() throws IOException {
        table("mixed/a.csv", "agent_id,t,o0", "a,0,1");
        table("mixed/b.json", "{}");
        JobHarness.Ended ended = infer(LEVEL, "out", folder.resolve("mixed"));
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("tell of several formats"), ended.err());

        Files.delete(folder.resolve("mixed/b.json"));
        table("mixed/_log/0.json", "{}");
        inferWell(LEVEL, "out", folder.resolve("mixed"));
    }

    @Test
    void theZoneOfTheSessionDoesNotMatter() throws IOException {
        Path input = table("times.csv", "agent_id,t,o0", "a,2024-03-31 02:30:00,1", "a,2024-03-31 03:30:00,1");
        SparkSession session = JobHarness.spark();
        session.conf().set("spark.sql.session.timeZone", "Europe/Berlin");
        try {
            inferWell(LEVEL, "berlin", input, "--format", "json");
        } finally {
            session.conf().set("spark.sql.session.timeZone", "UTC");
        }
        assertEquals(
                List.of("2024-03-31T02:30:00.000000Z", "2024-03-31T03:30:00.000000Z"),
                rows("berlin/results").stream()
                        .map(row -> row.get("t").asText())
                        .toList());
    }

    @Test
    void everyFileOfAFolderIsReadByItsOwnHeader() throws IOException {
        table("heads/1.csv", "agent_id,t,o0,o1", "a,0,1,0");
        table("heads/2.csv", "t,o1,agent_id,o0", "0,0,b,1");
        table("heads/3.csv");
        inferWell(TWO_FACTORS, "heads-out", folder.resolve("heads"), "--format", "json");
        List<JsonNode> results = rows("heads-out/results");
        assertEquals(2, results.size());
        assertEquals(results.get(0).get("belief"), results.get(1).get("belief"));
    }

    @Test
    void cellsAreQuotedAsOtherProgramsQuoteThem() throws IOException {
        String model = TWO_FACTORS.replace(
                "\"kind\"",
                "\"modalities\":[{\"name\":\"m\",\"outcomes\":[\"lo\\\"w\",\"high\"]},{\"name\":\"n\"}],\"kind\"");
        Path input = table(
                "quoted.csv",
                "agent_id,t,observation",
                "\"a, b\",0,\"[\"\"lo\\\"\"w\"\", 1]\"",
                "\" c\",0,\"[\"\"x\"\", 1]\"");
        inferWell(model, "out", input, "--format", "csv", "--max-rejected", 1);
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve("out/rejected"))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        assertTrue(all.toString().startsWith("agent_id,t,observation,code,reason\n"), all::toString);
        assertTrue(all.toString().contains(" c,0,\"[\"\"x\"\", 1]\",unknown-outcome,"), all::toString);
        assertTrue(all.toString().contains("(\"\"m\"\") is \"\"x\"\", expected"), all::toString);
        inferWell(LEVEL, "back", folder.resolve("out/results"), "--observation", "free_energy", "--format", "json");
        assertEquals("a, b", rows("back/results").get(0).get("agent_id").asText());
    }

    @Test
    void aPartOfTheActionsIsNoRecordOfThem() throws IOException {
        JobHarness.Ended ended =
                infer(TWO_FACTORS, "out", table("part.csv", "agent_id,t,o0,o1,a1", "a,0,1,0,1", "a,1,1,0,1"));
        assertEquals(2, ended.status());
        assertEquals(
                "The input has the action columns a1, but the model acts on 2 factors: expected all of a0, a1, or none",
                ended.err().strip());
    }

    @Test
    void actionsThatAreRecordedFarDownAreSeen() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int t = 0; t < 1100; t++) {
            lines.append("{\"agent_id\":\"a\",\"t\":").append(t).append(",\"observation\":[0,1]");
            lines.append(t == 1098 ? ",\"action\":[1,0]}" : "}").append('\n');
        }
        inferWell(
                TWO_FACTORS,
                "out",
                table("far.json", lines.toString().strip()),
                "--format",
                "json",
                "--select",
                "agent_id,t,action_log_probability");
        assertTrue(rows("out/results").get(1098).get("action_log_probability").isNumber());
        assertTrue(rows("out/results").get(1097).get("action_log_probability").isNull());
    }

    @Test
    void labelsThatAreNumbersMeanTheSameInEveryFormat() throws IOException {
        String model = "{\"kind\":\"discrete\",\"A\":[[[0.8,0.1],[0.1,0.1],[0.1,0.8]]],\"B\":[[[[1],[0]],[[0],[1]]]],"
                + "\"D\":[[0.5,0.5]],\"modalities\":[{\"name\":\"m\",\"outcomes\":[1,2,3]}]}";
        Path csv = table("labels.csv", "agent_id,t,o0", "a,0,3", "a,1,[1]", "a,2,0");
        Path json = table(
                "labels.json",
                "{\"agent_id\":\"a\",\"t\":0,\"o0\":3}",
                "{\"agent_id\":\"a\",\"t\":1,\"o0\":\"1\"}",
                "{\"agent_id\":\"a\",\"t\":2,\"o0\":0}");
        inferWell(model, "csv", csv, "--format", "json", "--max-rejected", 2);
        inferWell(model, "json", json, "--format", "json", "--max-rejected", 1);
        assertEquals(
                List.of("unknown-outcome: The outcome of modality 0 (\"m\") is \"0\", expected one of 1, 2, 3"),
                reasons("json"));
        assertEquals(0.1 / 0.9, rows("json/results").get(0).at("/belief/0/0").asDouble(), 1e-12);
        assertEquals(
                rows("json/results").get(0).get("belief"),
                rows("csv/results").get(0).get("belief"));
    }

    @Test
    void anAbsurdNumberIsRejectedAndNothingElse() throws IOException {
        Path input = table("absurd.csv", "agent_id,t,o0", "a,0,1", "a,1,1e200", "a,2,-0.0", "a,2,0", "a,3,1");
        inferWell(LEVEL, "out", input, "--format", "json", "--max-rejected", 1);
        assertEquals(
                List.of(
                        "not-finite: Element 0 of the observation is 1.0E200, expected a finite number between -1e50 and 1e50"),
                reasons("out"));
        assertEquals(3, rows("out/results").size());
    }

    @Test
    void rowsThatContradictEachOtherAreKeptAsTheyWere() throws IOException {
        Path input = table("contradict.csv", "agent_id,t,o0", "a,0,1", "a,0,1.0", "a,0,1", "a,0,2", "b,0,1", "b,0,1.0");
        inferWell(LEVEL, "out", input, "--format", "json", "--max-rejected", 4);
        assertEquals(
                List.of("1", "1", "1.0", "2"),
                rows("out/rejected").stream()
                        .map(row -> row.get("o0").asText())
                        .sorted()
                        .toList());
        assertEquals(1, rows("out/results").size());
    }

    @Test
    void aFilesNameIsTheAgentsAsItIs() throws IOException {
        table("files/pump 1+2%.csv", "t,o0", "0,1");
        inferWell(LEVEL, "out", folder.resolve("files"), "--agent", "@file", "--format", "json");
        assertEquals("pump 1+2%", rows("out/results").get(0).get("agent_id").asText());
    }

    @Test
    void aFileThatIsNotWhatItSaysIsToldInASentence() throws IOException {
        for (Path input : List.of(
                table("odd.parquet", "agent_id,t,o0", "a,0,1"),
                table("odd.txt", "agent_id,t,o0", "a,0,1"),
                folder.resolve("nowhere/*.csv"))) {
            JobHarness.Ended ended = infer(LEVEL, "out", input);
            assertEquals(2, ended.status(), ended.err());
            assertEquals(1, ended.err().lines().count(), ended.err());
        }
    }

    @Test
    void aStateThatIsBrokenIsToldInASentence() throws IOException {
        table(
                "broken/state/part.json",
                "{\"agent_id\":\"a\",\"t\":0,\"steps\":1,\"version\":9,\"state\":\"CQAAAAA=\"}");
        JobHarness.Ended ended =
                infer(LEVEL, "out", table("next.csv", "agent_id,t,o0", "a,1,1"), "--initial", folder.resolve("broken"));
        assertEquals(2, ended.status(), ended.err());
        assertEquals(
                "The state of agent \"a\" (--initial) cannot be read: The state is of version 9, but this program reads"
                        + " version 1",
                ended.err().strip());
    }

    @Test
    void rowsOutOfOrderBehindEqualOnesAreNotClustered() throws IOException {
        JobHarness.Ended ended =
                infer(LEVEL, "out", table("order.csv", "agent_id,t,o0", "a,5,1", "a,5,1", "a,3,1"), "--clustered");
        assertEquals(2, ended.status());
        assertEquals(
                "The input is not clustered (--clustered): agent \"a\" has a row at 3 behind the one at 5",
                ended.err().strip());
    }
}
