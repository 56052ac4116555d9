package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.streaming.SourceProgress;
import org.junit.jupiter.api.Test;

class StreamBacklogTest {
    private static OptionalDouble backlog(String end, String latest) {
        return StreamBacklog.of(new SourceProgress("source", null, end, latest, 0, 0, 0, Map.of()));
    }

    @Test
    void itIsTheDifferenceOfNumbersSummedOverTopicsAndPartitions() {
        assertEquals(OptionalDouble.of(7), backlog("5", "12"));
        assertEquals(
                OptionalDouble.of(12),
                backlog(
                        "{\"events\":{\"0\":10,\"1\":20},\"more\":{\"0\":1}}",
                        "{\"events\":{\"0\":15,\"1\":26},\"more\":{\"0\":2}}"));
    }

    @Test
    void itIsAbsentWhereOffsetsAreNoNumbersThatCorrespond() {
        assertEquals(OptionalDouble.empty(), backlog("{\"logOffset\":3}", null));
        assertEquals(OptionalDouble.empty(), backlog("\"a\"", "\"b\""));
        assertEquals(OptionalDouble.empty(), backlog("{\"0\":1}", "{\"0\":1,\"1\":5}"));
        assertEquals(OptionalDouble.empty(), backlog("offset 3", "offset 4"));
    }
}
