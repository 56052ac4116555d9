package io.murmuration.jobs;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.murmuration.batch.ObservationRow;
import io.murmuration.cluster.task.InferredStep;
import io.murmuration.cluster.task.TaskStatus.Completed;
import io.murmuration.cluster.task.TaskStatus.Ended;
import io.murmuration.cluster.task.TaskStatus.Failed;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tasks of a cluster as CSV: what each was, how long it took, and what was inferred, as in the results of a batch. */
final class TaskTable {
    static final String NAME = "tasks.csv";
    private static final List<String> COLUMNS =
            List.of("task_id", "agent_id", "t", "state", "reason", "waiting_ms", "inference_ms", "execution_ms");

    private final CsvWriter writer;
    private final int width;

    /**
     * @param results names of the columns of the results
     */
    TaskTable(Writer out, List<String> results) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        settings.setHeaders(java.util.stream.Stream.concat(COLUMNS.stream(), results.stream())
                .toArray(String[]::new));
        writer = new CsvWriter(out, settings);
        width = settings.getHeaders().length;
        writer.writeHeaders();
    }

    void add(String task, ObservationRow row, Ended ended) {
        List<String> cells = new ArrayList<>(List.of(task, row.agent(), Long.toString(row.time())));
        if (ended instanceof Failed failed) {
            cells.addAll(List.of("failed", failed.reason()));
        } else if (ended instanceof Completed completed) {
            cells.addAll(List.of(
                    "completed",
                    "",
                    milliseconds(completed.waiting()),
                    milliseconds(completed.inference()),
                    milliseconds(completed.execution())));
            completed.step().columns().stream().map(InferredStep.Column::text).forEach(cells::add);
        }
        writer.writeRow(Arrays.copyOf(cells.toArray(), width));
    }

    /** Hands on what is complete. */
    void flush() {
        writer.flush();
    }

    private static String milliseconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e6);
    }
}
