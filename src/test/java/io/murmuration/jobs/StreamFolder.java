package io.murmuration.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with a model, files that arrive for a stream in their order, and what jobs made of them. */
final class StreamFolder {
    private static final Comparator<JsonNode> BY_TEXT = Comparator.comparing(
                    (JsonNode row) -> row.path("agent_id").asText())
            .thenComparing(row -> row.path("t").isNumber()
                    ? String.format("%09d", row.get("t").asLong())
                    : row.path("t").asText());

    private final Path folder;
    private final Path model;
    private int files;
    private int rows;

    StreamFolder(Path folder, String model) throws IOException {
        this.folder = folder;
        this.model = Files.writeString(folder.resolve("model.json"), model);
        Files.createDirectory(folder.resolve("arriving"));
    }

    /** One more file of rows {@code agent,time,outcome}. */
    void arrive(List<String> more) throws IOException {
        write(folder.resolve("arriving/rows-" + files + ".csv"), more);
        rows += more.size();
    }

    void arrive(String... more) throws IOException {
        arrive(Arrays.asList(more));
    }

    private void write(Path file, List<String> more) throws IOException {
        List<String> lines = new ArrayList<>(List.of("agent_id,t,o0"));
        lines.addAll(more);
        Files.write(file, lines);
        // Files come to the stream in the order of these times.
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000 + files)));
        files++;
    }

    /** How many rows have arrived. */
    int rows() {
        return rows;
    }

    /** Does all that is there, a file a micro-batch. */
    JobHarness.Ended stream(Object... options) {
        return JobHarness.run(
                new StreamJob(),
                Stream.concat(
                                Stream.of(
                                        "--model",
                                        model,
                                        "--input",
                                        folder.resolve("arriving"),
                                        "--checkpoint",
                                        folder.resolve("checkpoint"),
                                        "--output",
                                        folder.resolve("stream"),
                                        "--format",
                                        "json",
                                        "--max-files-per-trigger",
                                        1,
                                        "--trigger",
                                        "available-now"),
                                Stream.of(options))
                        .toArray());
    }

    /** A batch over the same rows in one file, into a folder of that name. */
    JobHarness.Ended infer(String output, List<String> observations, Object... options) throws IOException {
        Path input = folder.resolve(output + ".csv");
        write(input, observations);
        return JobHarness.run(
                new InferJob(),
                Stream.concat(
                                Stream.of(
                                        "--model",
                                        model,
                                        "--input",
                                        input,
                                        "--output",
                                        folder.resolve(output),
                                        "--format",
                                        "json"),
                                Stream.of(options))
                        .toArray());
    }

    void model(String other) throws IOException {
        Files.writeString(model, other);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** A table of a job's output, by agent and time; empty where there is none. */
    List<JsonNode> table(String output, String table) throws IOException {
        Path at = folder.resolve(output).resolve(table);
        List<JsonNode> rows = new ArrayList<>(Files.exists(at) ? JobHarness.rows(at) : List.of());
        rows.sort(BY_TEXT);
        return rows;
    }

    JsonNode summary() throws IOException {
        return JobHarness.JSON.readTree(folder.resolve("stream/summary.json").toFile());
    }

    /** Rows of the summary that are accounted for. */
    static long accounted(JsonNode summary) {
        return summary.get("rows_written").asLong()
                - summary.get("rows_inserted").asLong()
                + summary.get("rows_late").asLong()
                + summary.get("rows_rejected").asLong()
                + summary.get("duplicates").asLong()
                + summary.get("rows_held").asLong();
    }
}
