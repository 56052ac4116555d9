import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.cluster.task.InferredStep;
import io.murmuration.cluster.task.TaskStatus;
import io.murmuration.cluster.task.TaskStatus.Completed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Observations, and what a batch inferred from them, to compare with what a cluster infers.
 *
 * @param rows in the order in which they are to be submitted
 * @param results of the batch, by agent and time
 */
record BatchResults(List<Row> rows, Map<String, JsonNode> results) {

    /** An observation of a model with one modality. */
    record Row(String agent, long time, int outcome) {}

    /** Reads {@code observations.csv}, and {@code expected/results}, which {@code jobs/infer} made of it in JSON. */
    static BatchResults read(Path folder) throws IOException {
        List<Row> rows = Files.readAllLines(folder.resolve("observations.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> new Row(cells[0], Long.parseLong(cells[1]), Integer.parseInt(cells[2])))
                .toList();
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> results = new HashMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("expected/results"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = json.readTree(line);
                    results.put(key(row.get("agent_id").asText(), row.get("t").asLong()), row);
                }
            }
        }
        return new BatchResults(rows, results);
    }

    private static String key(String agent, long time) {
        return agent + "@" + time;
    }

    /** Whether a task has the result of the batch, bit by bit; says so where it has not. */
    boolean agree(Row row, TaskStatus status) {
        JsonNode batch = results.get(key(row.agent(), row.time()));
        if (status instanceof Completed completed && same(completed.step(), batch)) {
            return true;
        }
        System.out.println("DIFFERS: " + row + "\n  " + status + "\n  " + batch);
        return false;
    }

    private static boolean same(InferredStep step, JsonNode batch) {
        return step.time() == batch.get("t").asLong()
                && step.columns().stream().allMatch(column -> {
                    double[] inferred = Arrays.stream(column.rows())
                            .flatMapToDouble(Arrays::stream)
                            .toArray();
                    return Arrays.equals(numbers(batch.get(column.name())), inferred);
                });
    }

    /** All numbers of a cell; what is not there is NaN. */
    private static double[] numbers(JsonNode cell) {
        if (cell == null || cell.isNull()) {
            return new double[] {Double.NaN};
        }
        if (!cell.isArray()) {
            return new double[] {cell.asDouble()};
        }
        List<Double> all = new ArrayList<>();
        cell.forEach(element -> Arrays.stream(numbers(element)).forEach(all::add));
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
