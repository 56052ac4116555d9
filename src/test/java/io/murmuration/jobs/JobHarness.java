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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Runs jobs in this process, on one shared local Spark. */
final class JobHarness {
    static final ObjectMapper JSON = new ObjectMapper();

    static final Comparator<JsonNode> BY_KEY = Comparator.comparing(
                    (JsonNode row) -> row.path("model").asText())
            .thenComparing(row -> row.path("agent_id").asText())
            .thenComparingLong(row -> row.path("t").asLong())
            // Where it is a timestamp.
            .thenComparing(row -> row.path("t").asText());

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
        int status = JobRunner.run(job, new PrintWriter(out), new PrintWriter(err), words(arguments));
        return new Ended(status, out.toString(), err.toString());
    }

    /** A command line of words, and of arrays of words. */
    static String[] words(Object... arguments) {
        return Stream.of(arguments)
                .flatMap(argument -> argument instanceof Object[] several
                        ? Stream.of(words(several))
                        : Stream.of(argument.toString()))
                .toArray(String[]::new);
    }

    /**
     * The command line of a stream whose tables are JSON lines, unless another format is given.
     *
     * @param folder of its checkpoint and of its output, {@code stream}
     * @param more where observations come from, when micro-batches begin, and all else
     */
    static String[] streamWords(Path model, Path folder, Object... more) {
        return words(
                "--model",
                model,
                "--checkpoint",
                folder.resolve("checkpoint"),
                "--output",
                folder.resolve("stream"),
                asJson(more));
    }

    /** The options of a job whose tables are JSON lines, unless they name another format. */
    static String[] asJson(Object... options) {
        String[] words = words(options);
        return List.of(words).contains("--format") ? words : words("--format", "json", words);
    }

    /** The tables that a stream leaves as a batch over the same rows does, by name; without a row where one is not there. */
    static Map<String, List<JsonNode>> tables(Path output) throws IOException {
        Map<String, List<JsonNode>> tables = new TreeMap<>();
        for (String table : List.of("results", "state", "learned")) {
            Path at = output.resolve(table);
            tables.put(table, Files.exists(at) ? rows(at) : List.of());
        }
        return tables;
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
