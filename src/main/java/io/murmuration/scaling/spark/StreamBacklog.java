package io.murmuration.scaling.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.OptionalDouble;
import org.apache.spark.sql.streaming.SourceProgress;

/**
 * How far a source of a stream is behind: the sum of the differences between its latest and its end offset, where these are
 * numbers or numbers by topic and partition, as Kafka's are.
 */
final class StreamBacklog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StreamBacklog() {}

    /** In rows; empty where the source does not tell, or not in numbers. */
    static OptionalDouble of(SourceProgress source) {
        if (source.latestOffset() == null || source.endOffset() == null) {
            return OptionalDouble.empty();
        }
        try {
            double rows = difference(JSON.readTree(source.latestOffset()), JSON.readTree(source.endOffset()));
            return Double.isNaN(rows) ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, rows));
        } catch (JsonProcessingException notNumbers) {
            return OptionalDouble.empty();
        }
    }

    /** NaN where the two are no numbers in places that correspond. */
    private static double difference(JsonNode latest, JsonNode end) {
        if (latest.isNumber() && end.isNumber()) {
            return latest.doubleValue() - end.doubleValue();
        }
        if (!latest.isObject() || !end.isObject()) {
            return Double.NaN;
        }
        double sum = 0;
        for (var field : latest.properties()) {
            sum += difference(field.getValue(), end.path(field.getKey()));
        }
        return sum;
    }
}
