package io.murmuration.stream.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.InputTable;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.TimeType;
import io.murmuration.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamSourceTest {
    private static final SparkSession SPARK = InputTable.session(SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "3")
            .getOrCreate());

    @TempDir
    Path folder;

    private Fleet fleet;

    @BeforeEach
    void readModel() throws IOException {
        fleet = Fleet.of(ModelFile.read(Files.writeString(
                folder.resolve("model.json"),
                "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2],[0.1,0.8]],[[0.5,0.5],[0.3,0.2],[0.2,0.3]]],"
                        + "\"B\":[[[[1],[0]],[[0],[1]]]],\"D\":[[0.5,0.5]]}")));
    }

    /** The row of a message: agent, time, observation and what could not be read. */
    private List<String> read(String message) {
        Dataset<Row> messages = SPARK.createDataset(Arrays.asList(message), Encoders.STRING())
                .selectExpr("value", "timestamp '2026-01-01 00:00:00' as timestamp");
        Row row = MessageForm.of(ObservationColumns.STANDARD, TimeType.LONG, fleet)
                .open(SPARK, messages, fleet)
                .rows()
                .select("agent_id", "t", "observation", InputTable.CORRUPT)
                .head();
        return Arrays.asList(row.getString(0), row.getString(1), row.getString(2), row.getString(3));
    }

    @Test
    void aMessageHasItsObservationAsAnArrayOrAnElementAField() {
        assertEquals(
                Arrays.asList("a", "3", "[0,1]", null), read("{\"agent_id\":\"a\",\"t\":3,\"observation\":[0,1]}"));
        assertEquals(
                Arrays.asList("001", "4", "[\"1\",\"2\"]", null),
                read("{\"o1\":2,\"o0\":\"1\",\"t\":\"4\",\"agent_id\":\"001\"}"));
    }

    @Test
    void whatIsNoObjectIsKeptForPeopleToRead() {
        assertEquals(Arrays.asList(null, null, null, "noise"), read("noise"));
        assertEquals(Arrays.asList(null, null, null, "[1]"), read("[1]"));
        assertEquals(Arrays.asList(null, null, null, "null"), read(null));
        String kept = read("x".repeat(10_000_000)).get(3);
        assertTrue(kept.endsWith("x… (10000000 characters)") && kept.length() < 1100, kept);
    }

    @Test
    void madeUpObservationsAreAFunctionOfTheirNumbersAndWithinTheModel() {
        SyntheticObservations observations = new SyntheticObservations(fleet, ObservationColumns.STANDARD, 10);
        Dataset<Row> numbers = SPARK.range(1000).selectExpr("id as value", "current_timestamp() as timestamp");
        List<Row> rows = observations.of(numbers).drop(StreamSource.ARRIVED).collectAsList();
        assertEquals(rows, observations.of(numbers).drop(StreamSource.ARRIVED).collectAsList());
        assertEquals("agent-3", rows.get(123).getString(0));
        assertEquals(12, rows.get(123).getLong(1));
        for (Row row : rows) {
            List<Double> seen = row.getList(2);
            assertTrue(
                    List.of(0.0, 1.0).contains(seen.get(0))
                            && List.of(0.0, 1.0, 2.0).contains(seen.get(1)),
                    row::toString);
        }
    }
}
