package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stream whose results are divided by the hour")
class StreamPartitioningTest {
    private static final String MODEL =
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2],[0.1,0.8]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"D\":[[0.5,0.5]]}";
    private static final Object[] BY_HOUR = {"--partition-by", "hour", "--format", "parquet"};
    /** A task has fewer files open at once. */
    private static final int HOURS = 70;

    @TempDir
    Path folder;

    @Test
    @DisplayName("is one table to any reader, with each row once, as a batch has it")
    void readers() throws IOException {
        StreamFolder stream = new StreamFolder(folder, MODEL);
        List<String> all = new ArrayList<>(List.of(
                "a,1969-12-31T22:59:59.999999Z,0",
                "a,1969-12-31T23:00:00Z,1",
                "b,1969-12-31T23:59:59.000001Z,1",
                "b,1970-01-01T00:00:00Z,0"));
        stream.arrive(all);
        // Written by agent, so that a task comes back to folders that it has closed.
        List<String> hourly = new ArrayList<>();
        for (String agent : List.of("a", "b")) {
            for (int hour = 0; hour < HOURS; hour++) {
                hourly.add(String.format(
                        "%s,2026-11-%02dT%02d:30:00+01:00,%d", agent, 1 + hour / 24, hour % 24, hour % 2));
            }
        }
        stream.arrive(hourly);
        all.addAll(hourly);
        List<String> same = List.of("a,2026-11-25T09:00:00Z,0", "c,2026-11-03T20:59:59Z,1", "c,2026-11-25T09:59:59Z,1");
        stream.arrive(same);
        all.addAll(same);
        JobHarness.Ended ended = stream.stream("--partitions", 1, BY_HOUR);
        assertEquals(0, ended.status(), ended.err());

        Dataset<Row> results = results();
        assertEquals(DataTypes.StringType, results.schema().apply("hour").dataType());
        assertEquals(all.size(), results.count());
        assertEquals(
                0,
                results.where("hour <> date_format(t, \"yyyy-MM-dd'T'HH\") OR hour IS NULL")
                        .count());
        assertEquals(
                List.of("1969-12-31T22", "1969-12-31T23", "1970-01-01T00", "2026-11-03T20", "2026-11-25T09"),
                texts(results.where("batch_id <> 1").select("hour").distinct().orderBy("hour")));
        assertEquals(2 * HOURS, results.where("batch_id = 1").count());
        assertEquals(
                HOURS, results.where("batch_id = 1").select("hour").distinct().count());

        assertEquals(0, stream.infer("batch", all, "--format", "parquet").status());
        assertEquals(
                ordered(JobHarness.spark()
                        .read()
                        .parquet(folder.resolve("batch/results").toString())),
                ordered(results.drop("batch_id", "hour")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,2026-11-25T08:00:00Z,7"})
    @DisplayName("can be read from its first micro-batch on, even if that has no results")
    void nothingAtFirst(String first) throws IOException {
        StreamFolder stream = new StreamFolder(folder, MODEL);
        stream.arrive(first.isEmpty() ? List.of() : List.of(first));
        stream.arrive("b,2026-11-25T08:00:00Z,7");
        assertEquals(0, stream.stream(BY_HOUR).status());
        List<String> columns = Arrays.asList(results().columns());
        assertTrue(columns.containsAll(List.of("agent_id", "t", "belief", "batch_id", "hour")), columns::toString);
        assertEquals(0, results().count());

        stream.arrive("a,2026-11-25T09:00:00Z,1", "b,2026-11-25T10:00:00Z,0");
        assertEquals(0, stream.stream(BY_HOUR).status());
        assertEquals(
                List.of("a 2026-11-25T09", "b 2026-11-25T10"),
                texts(results().selectExpr("concat(agent_id, ' ', hour)").orderBy("agent_id")));
    }

    @Test
    @DisplayName("needs timestamps, in its results as well")
    void integers() throws IOException {
        StreamFolder stream = new StreamFolder(folder, MODEL);
        stream.arrive("a,1,0");
        assertRefused("The times are integers, and --partition-by hour needs timestamps", stream.stream(BY_HOUR));
        stream = new StreamFolder(Files.createDirectory(folder.resolve("timestamps")), MODEL);
        stream.arrive("a,2026-11-25T09:00:00Z,0");
        assertRefused(
                "The results have no column t (--select), which --partition-by hour needs",
                stream.stream("--select", "agent_id,belief", BY_HOUR));
        try (Stream<Path> made = Files.list(stream.path(""))) {
            assertEquals(2, made.count(), "nothing is begun");
        }
    }

    @Test
    @DisplayName("stays divided as it was begun")
    void another() throws IOException {
        StreamFolder stream = new StreamFolder(folder, MODEL);
        stream.arrive("a,2026-11-25T09:00:00Z,0");
        assertEquals(0, stream.stream(BY_HOUR).status());
        stream.arrive("a,2026-11-25T10:00:00Z,0");
        assertRefused(
                "The stream was begun with --partition-by hour, which it keeps for good, but it is now none",
                stream.stream("--format", "parquet"));
        assertEquals(0, stream.stream(BY_HOUR).status());
        assertEquals(2, results().count());
    }

    private static void assertRefused(String sentence, JobHarness.Ended ended) {
        assertEquals(2, ended.status(), ended.err());
        assertEquals(List.of(sentence), ended.err().lines().toList());
    }

    private Dataset<Row> results() {
        return JobHarness.spark()
                .read()
                .parquet(folder.resolve("stream/results").toString());
    }

    private static List<Row> ordered(Dataset<Row> rows) {
        return rows.orderBy("agent_id", "t").collectAsList();
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.getString(0)).toList();
    }
}
