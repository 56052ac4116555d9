package io.murmuration.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with a model, files that arrive for a stream in their order, and what jobs made of them. */
final class StreamFolder {
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
        Path growing = Files.write(folder.resolve("growing"), lines);
        // Files come to the stream in the order of these times.
        Files.setLastModifiedTime(growing, FileTime.from(Instant.ofEpochSecond(1_700_000_000 + files)));
        Files.move(growing, file);
        files++;
    }

    /** How many rows have arrived. */
    int rows() {
        return rows;
    }

    /** Does all that is there, a file a micro-batch. */
    JobHarness.Ended stream(Object... options) {
        return streamAtOnce("--max-files-per-trigger", 1, options);
    }

    /** Does all that is there in one micro-batch. */
    JobHarness.Ended streamAtOnce(Object... options) {
        return JobHarness.run(new StreamJob(), words("--trigger", "available-now", options));
    }

    /** The command line of the stream over what arrives. */
    String[] words(Object... options) {
        return JobHarness.streamWords(model, folder, "--input", folder.resolve("arriving"), options);
    }

    /** A batch over the same rows in one file, into a folder of that name. */
    JobHarness.Ended infer(String output, List<String> observations, Object... options) throws IOException {
        Path input = folder.resolve(output + ".csv");
        write(input, observations);
        return infer(output, input, options);
    }

    /** A batch over what is there, into a folder of that name. */
    JobHarness.Ended infer(String output, Path input, Object... options) {
        return JobHarness.run(
                new InferJob(),
                "--model",
                model,
                "--input",
                input,
                "--output",
                folder.resolve(output),
                JobHarness.asJson(options));
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
        return Files.exists(at) ? JobHarness.rows(at) : new ArrayList<>();
    }

    /** All tables that are equal where the same rows have been inferred. */
    Map<String, List<JsonNode>> tables(String output) throws IOException {
        return JobHarness.tables(folder.resolve(output));
    }

    /** How many micro-batches have results. */
    long microBatches() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("stream/results"))) {
            return folders.count();
        }
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
