package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;

import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ResultLayout;
import io.murmuration.summary.RunStatistics;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;

/** Inference over a table of observations, written to disk: one pass over the input writes all tables. */
public final class BatchInference {
    private final SparkSession session;
    private final Fleet fleet;
    private final BatchOptions options;

    public BatchInference(SparkSession session, Fleet fleet, BatchOptions options) {
        this.session = session;
        this.fleet = fleet;
        this.options = options;
    }

    /**
     * Runs the batch. Tables stand under their final names when all are complete; where more rows were rejected than
     * allowed, only the rejected ones do.
     *
     * @throws CallerException for a mistake in options or input that shows before rows are read
     */
    public BatchOutcome run() {
        ResultLayout layout = InferenceKernel.compile(fleet.model(0)).layout();
        if (options.clustered() || options.observations().time().equals(ObservationOptions.ROW)) {
            InputTable.keepFilesWhole(session);
        }
        ObservationSource source = ObservationSource.open(session, options.observations(), fleet);
        ResultTable resultTable = new ResultTable(
                fleet.named(), columns(layout), source.form().timeType(), options.precision(), options.format());
        OutputTables tables = OutputTables.of(session, fleet, source.form(), resultTable, layout);
        OutputFolder folder =
                OutputFolder.open(options.output(), tables.results().hadoop());
        try {
            List<TaskReport> reports = infer(gather(source), source.form(), tables, folder.work());
            return commit(reports, tables, folder);
        } finally {
            folder.cleanUp();
        }
    }

    private List<String> columns(ResultLayout layout) {
        if (options.select().isEmpty()) {
            return ResultTable.standard(fleet.named(), layout);
        }
        List<String> selectable = ResultTable.selectable(fleet.named(), layout);
        for (String name : options.select()) {
            if (!selectable.contains(name)) {
                throw new CallerException("The results have no column \"" + name + "\" (--select); there are "
                        + String.join(", ", selectable));
            }
        }
        return options.select();
    }

    /** Brings each agent's rows together, in the order of their time. */
    private Dataset<Row> gather(ObservationSource source) {
        Dataset<Row> rows = options.initial()
                .map(initial -> source.rows().unionByName(InitialStates.read(session, initial, source, fleet)))
                .orElse(source.rows());
        if (options.clustered()) {
            return rows;
        }
        Column[] agent = {col("model"), col("agent")};
        int partitions = options.partitions()
                .orElseGet(() -> Integer.parseInt(session.conf().get("spark.sql.shuffle.partitions")));
        return rows.repartition(partitions, agent)
                .sortWithinPartitions(
                        col("model"), col("agent"), col("t"), col("state").isNull());
    }

    private List<TaskReport> infer(Dataset<Row> rows, KeyedRows form, OutputTables tables, String work) {
        PartitionInference inference = new PartitionInference(fleet, form, options.seed(), options.lanes());
        Work task = new Work(inference, tables, work);
        JavaRDD<InternalRow> keyed = ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        // Reports travel as bytes of Java's own serialization: Kryo, if an application sets it, knows no records.
        return keyed.mapPartitionsWithIndex((index, part) -> task.run(index, part), true).collect().stream()
                .map(TaskReport::fromBytes)
                .toList();
    }

    /** What every task is told. */
    private record Work(PartitionInference inference, OutputTables tables, String folder)
            implements java.io.Serializable {

        /** Runs a partition into a folder of this attempt. */
        Iterator<byte[]> run(int partition, Iterator<InternalRow> rows) {
            List<InferenceKernel> kernels = inference.compile();
            String attempt =
                    folder + "/attempt-" + partition + "-" + TaskContext.get().taskAttemptId();
            CountingRows counting = new CountingRows(rows);
            try (PartitionWriter writer = new PartitionWriter(tables, kernels, attempt, partition)) {
                inference.run(counting, kernels, writer);
                byte[] report = writer.finish(counting.observations()).toBytes();
                return List.of(report).iterator();
            }
        }
    }

    private BatchOutcome commit(List<TaskReport> reports, OutputTables tables, OutputFolder folder) {
        List<TaskReport> sorted = reports.stream()
                .sorted(Comparator.comparingInt(TaskReport::partition))
                .toList();
        Map<String, Long> rejected = new TreeMap<>();
        sorted.forEach(report -> report.rejected().forEach((code, count) -> rejected.merge(code, count, Long::sum)));
        boolean good = rejected.values().stream().mapToLong(Long::longValue).sum() <= options.maxRejected();
        folder.commit(sorted, good ? written(sorted) : List.of(SideTables.REJECTED));
        if (good) {
            writePopulation(sorted, tables, folder);
        }
        return new BatchOutcome(
                sum(sorted, TaskReport::rowsRead),
                good ? sum(sorted, TaskReport::rowsWritten) : 0,
                sum(sorted, TaskReport::duplicates),
                rejected,
                sum(sorted, TaskReport::agents),
                sorted,
                statistics(sorted),
                good);
    }

    private static long sum(List<TaskReport> reports, ToLongFunction<TaskReport> count) {
        return reports.stream().mapToLong(count).sum();
    }

    private static List<String> written(List<TaskReport> reports) {
        return reports.stream()
                .flatMap(report -> report.tables().stream())
                .distinct()
                .toList();
    }

    private List<RunStatistics> statistics(List<TaskReport> reports) {
        List<RunStatistics> merged =
                fleet.members().stream().map(m -> new RunStatistics()).toList();
        for (TaskReport report : reports) {
            for (int model = 0; model < merged.size(); model++) {
                merged.get(model).merge(report.statistics().get(model));
            }
        }
        return merged;
    }

    /** One row a model that learns as a population. */
    private void writePopulation(List<TaskReport> reports, OutputTables tables, OutputFolder folder) {
        Map<Integer, IncrementSums> sums = new TreeMap<>();
        for (TaskReport report : reports) {
            report.population().forEach((model, increments) -> sums.computeIfAbsent(
                            model, m -> IncrementSums.of(increments.sums().length))
                    .merge(increments));
        }
        if (sums.isEmpty()) {
            return;
        }
        List<InferenceKernel> kernels =
                new PartitionInference(fleet, tables.side().form(), options.seed(), options.lanes()).compile();
        OutputWriter writer = tables.learned().open(folder.work() + "/population", 0);
        sums.forEach((model, increments) -> writer.write(tables.side()
                .learned(tables.name(model), null, kernels.get(model).learning().learned(increments.toArray()))));
        writer.close();
        folder.place("population", SideTables.LEARNED);
    }
}
