package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stream that delivers to PostgreSQL")
class StreamJdbcIT {
    private static final String DISCRETE =
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2],[0.1,0.8]],[[0.6,0.2],[0.3,0.5],[0.1,0.3]]],"
                    + "\"B\":[[[[0.8,0.1],[0.3,0.5]],[[0.2,0.9],[0.7,0.5]]]],\"D\":[[0.5,0.5]],\"C\":[[1,0],[0,0,1]]}";
    private static final String GAUSSIAN =
            "{\"kind\":\"linear-gaussian\",\"state_dim\":2,\"obs_dim\":2,\"action_dim\":1}";

    private static PostgresServer postgres;

    @TempDir
    Path folder;

    @BeforeAll
    static void startADatabase() throws IOException, InterruptedException {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopIt() throws IOException, InterruptedException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void leavesOneRowEachWhereAMicroBatchIsDeliveredTwice() throws IOException, SQLException {
        Path model = Files.writeString(folder.resolve("model.json"), DISCRETE);
        Path arriving = Files.createDirectory(folder.resolve("arriving"));
        Files.writeString(arriving.resolve("1.csv"), "agent_id,t,o0,o1\na\u0000,0,1,2\nb,0,0,\n");
        assertEquals(0, stream(model, arriving, "twice").status());
        Files.writeString(arriving.resolve("2.csv"), "agent_id,t,o0,o1\na\u0000,1,0,2\nb,1,1,1\n");
        assertEquals(0, stream(model, arriving, "twice").status());
        assertEquals(delivered(folder.resolve("stream")), table("twice"));

        // As if the stream had gone down between the delivery and Spark's books.
        execute("UPDATE twice SET free_energy = -1; UPDATE twice SET belief = NULL WHERE t = 1");
        Files.delete(folder.resolve("checkpoint/commits/1"));
        Files.deleteIfExists(folder.resolve("checkpoint/commits/.1.crc"));
        JobHarness.Ended ended = stream(model, arriving, "twice");
        assertEquals(0, ended.status(), ended.err());
        List<JsonNode> rows = table("twice");
        assertEquals(4, rows.size());
        assertEquals(
                delivered(folder.resolve("stream")).stream()
                        .filter(row -> row.get("t").asInt() == 1)
                        .toList(),
                rows.stream().filter(row -> row.get("t").asInt() == 1).toList());
        assertEquals(-1, rows.get(0).get("free_energy").asInt(), "the first micro-batch was not delivered again");
    }

    @Test
    void keepsTheTypesOfAFleetWithTimestamps() throws IOException, SQLException {
        Path fleet = Files.createDirectory(folder.resolve("fleet"));
        Files.writeString(fleet.resolve("one.json"), GAUSSIAN);
        Files.writeString(fleet.resolve("two.json"), GAUSSIAN);
        Path arriving = Files.createDirectory(folder.resolve("arriving"));
        Files.writeString(
                arriving.resolve("1.csv"),
                "agent_id,t,model,o0,o1\na,2024-02-29T10:00:00.000001Z,one,0.5,\na,2024-02-29T10:00:00.000001Z,two,,0.1\n");
        JobHarness.Ended ended = stream(fleet, arriving, "public.Fleet", "--precision", "single");
        assertEquals(0, ended.status(), ended.err());
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet types = statement.executeQuery(
                        "SELECT string_agg(column_name || ' ' || udt_name, ', ' ORDER BY ordinal_position)"
                                + " FROM information_schema.columns WHERE table_name = 'Fleet'")) {
            types.next();
            assertEquals(
                    "model text, agent_id text, t timestamptz, mean _float4, covariance jsonb, free_energy float4,"
                            + " action _float4",
                    types.getString(1));
        }
        assertEquals(
                List.of("2024-02-29T10:00:00.000001+00:00", "2024-02-29T10:00:00.000001+00:00"),
                table("Fleet").stream().map(row -> row.get("t").asText()).toList());
    }

    @Test
    void saysInOneSentenceWhyItCannotDeliver() throws IOException, SQLException {
        Path model = Files.writeString(folder.resolve("model.json"), DISCRETE);
        Path arriving = Files.createDirectory(folder.resolve("arriving"));
        Files.writeString(arriving.resolve("1.csv"), "agent_id,t,o0,o1\na,0,1,2\n");
        execute("CREATE TABLE other (agent_id text, t int8)");
        assertRefused("column \"belief\" of relation \"other\" does not exist", stream(model, arriving, "other"));
        execute("CREATE TABLE unkeyed (agent_id text, t int8)");
        assertRefused(
                "there is no unique or exclusion constraint",
                stream(model, arriving, "unkeyed", "--select", "agent_id,t"));
        assertRefused("(--select)", stream(model, arriving, "selected", "--select", "agent_id,belief"));
        assertRefused("--deliver-table is a;b, expected", stream(model, arriving, "a;b"));
        assertFalse(Files.exists(folder.resolve("checkpoint")), "nothing is begun");
    }

    private static void assertRefused(String sentence, JobHarness.Ended ended) {
        assertEquals(2, ended.status(), ended.err());
        assertTrue(ended.err().contains(sentence), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertFalse(ended.err().contains(PostgresServer.PASSWORD), ended.err());
    }

    private JobHarness.Ended stream(Path model, Path input, String table, Object... options) throws IOException {
        JobHarness.Ended ended = JobHarness.run(
                new StreamJob(),
                JobHarness.streamWords(
                        model,
                        folder,
                        "--input",
                        input,
                        "--trigger",
                        "available-now",
                        "--deliver-jdbc",
                        postgres.url() + "?user=postgres&password=" + PostgresServer.PASSWORD,
                        "--deliver-table",
                        table,
                        options));
        if (ended.status() == 0) {
            assertFalse(Files.readString(folder.resolve("stream/summary.json")).contains(PostgresServer.PASSWORD));
        }
        return ended;
    }

    /** The results as they are in the output folder, but for the character that PostgreSQL's text does not hold. */
    private static List<JsonNode> delivered(Path output) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : JobHarness.rows(output.resolve("results"))) {
            rows.add(JobHarness.JSON.readTree(row.toString().replace("\\u0000", "\uFFFD")));
        }
        rows.sort(JobHarness.BY_KEY);
        return rows;
    }

    private static List<JsonNode> table(String name) throws IOException, SQLException {
        List<JsonNode> rows = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("SELECT to_jsonb(r) FROM \"" + name + "\" r")) {
            while (all.next()) {
                rows.add(JobHarness.JSON.readTree(all.getString(1)));
            }
        }
        rows.sort(JobHarness.BY_KEY);
        return rows;
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
