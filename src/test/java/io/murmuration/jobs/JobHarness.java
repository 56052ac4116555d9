package io.murmuration.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Runs jobs in this process, on one shared local Spark. */
final class JobHarness {
    static final ObjectMapper JSON = new ObjectMapper();

    static final Comparator<JsonNode> BY_KEY = Comparator.comparing(
                    (JsonNode row) -> row.path("model").asText())
            .thenComparing(row -> row.path("agent_id").asText())
            .thenComparingLong(row -> row.path("t").asLong());

    private JobHarness() {}

    /** What a job left behind. */
    record Ended(int status, String out, String err) {}

    static synchronized SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "3")
                .getOrCreate();
    }

    static Ended run(Callable<Integer> job, Object... arguments) {
        spark();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int status = JobRunner.run(job, new PrintWriter(out), new PrintWriter(err), words);
        return new Ended(status, out.toString(), err.toString());
    }

    /** The rows of a table of JSON lines, of all folders in it, by agent and time. */
    static List<JsonNode> rows(Path table) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> files = Files.walk(table)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    rows.add(JSON.readTree(line));
                }
            }
        }
        rows.sort(BY_KEY);
        return rows;
    }
}
