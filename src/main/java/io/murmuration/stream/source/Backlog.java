package io.murmuration.stream.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.OptionalLong;
import org.apache.spark.sql.streaming.SourceProgress;

/**
 * What has come to a source, but was not taken yet.
 *
 * @param count of it; empty where the source does not tell
 * @param unit what is counted, one of it
 */
public record Backlog(OptionalLong count, String unit) {
    public static final Backlog UNKNOWN = new Backlog(OptionalLong.empty(), "");

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Backlog of(long count, String unit) {
        return new Backlog(OptionalLong.of(count), unit);
    }

    /** By the offsets that sources tell of, which are numbers by topic and partition for Kafka. */
    public static Backlog offsets(SourceProgress... sources) {
        long sum = 0;
        boolean told = false;
        for (SourceProgress source : sources) {
            if (source.latestOffset() != null && source.endOffset() != null) {
                try {
                    JsonNode latest = JSON.readTree(source.latestOffset());
                    told |= latest.isObject();
                    sum += latest.isObject() ? difference(latest, JSON.readTree(source.endOffset())) : 0;
                } catch (JsonProcessingException notNumbers) {
                    // This one does not tell.
                }
            }
        }
        return told ? of(Math.max(0, sum), "message") : UNKNOWN;
    }

    private static long difference(JsonNode latest, JsonNode end) {
        if (!latest.isObject()) {
            return latest.asLong() - end.asLong();
        }
        long sum = 0;
        for (var field : latest.properties()) {
            sum += difference(field.getValue(), end.path(field.getKey()));
        }
        return sum;
    }
}
