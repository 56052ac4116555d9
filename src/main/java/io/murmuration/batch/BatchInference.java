package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;

import io.murmuration.summary.RunStatistics;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
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

    /**
     * @param session of Spark
     * @param fleet the models
     * @param options how the batch is run
     */
    public BatchInference(SparkSession session, Fleet fleet, BatchOptions options) {
        InferenceOptions inference = options.inference();
        boolean wholeFiles = inference.clustered() || inference.columns().time().equals(ObservationColumns.ROW);
        this.session = wholeFiles ? InputTable.keepingFilesWhole(session) : session;
        this.fleet = fleet;
        this.options = options;
    }

    /**
     * Runs the batch. Tables stand under their final names when all are complete, the results last; where more rows were
     * rejected than allowed, only the rejected ones do.
     *
     * @param folder where tables go
     * @throws CallerException for a mistake in options or input
     */
    public BatchOutcome run(OutputFolder folder) {
        ObservationSource source = ObservationSource.of(
                InputTable.open(session, options.input(), options.inputFormat()),
                options.inference().columns(),
                fleet);
        InferencePlan plan = InferencePlan.of(source, fleet, options.inference(), options.format());
        OutputTables tables = OutputTables.of(session, source.form(), plan.results(), plan.layouts());
        folder.begin();
        List<TaskReport> reports = infer(new Work(plan.partition(), tables, folder.work()), keyed(source));
        return commit(reports, tables, plan.partition(), folder);
    }

    private Dataset<Row> keyed(ObservationSource source) {
        return options.initial()
                .map(initial -> source.rows().unionByName(InitialStates.read(session, initial, source, fleet)))
                .orElse(source.rows());
    }

    private List<TaskReport> infer(Work task, Dataset<Row> keyed) {
        Dataset<Row> rows = InferencePlan.gather(keyed, options.inference());
        JavaRDD<InternalRow> internal = ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        if (internal.getNumPartitions() == 0) {
            // Without any file to read there is still somebody to write tables, which have columns if no rows.
            internal = new JavaSparkContext(session.sparkContext()).parallelize(List.of(), 1);
        }
        return TaskReports.collect(
                session, internal.mapPartitionsWithIndex((index, part) -> task.run(index, part), true));
    }

    /** What every task is told. */
    private record Work(PartitionInference inference, OutputTables tables, String folder) implements Serializable {

        /** Runs a partition into a folder of this attempt. */
        Iterator<byte[]> run(int partition, Iterator<InternalRow> rows) {
            List<CompiledModel> models = inference.compile();
            String attempt =
                    folder + "/attempt-" + partition + "-" + TaskContext.get().taskAttemptId();
            CountingRows counting = new CountingRows(rows);
            try (PartitionWriter writer = new PartitionWriter(tables, models, attempt, partition)) {
                inference.start(counting, models, writer).finish();
                return ended(writer.finish(counting.observations()));
            } catch (CallerException e) {
                return ended(new TaskEnd.Refusal(e.getMessage()));
            }
        }

        private static Iterator<byte[]> ended(TaskEnd end) {
            return List.of(end.toBytes()).iterator();
        }
    }

    private BatchOutcome commit(
            List<TaskReport> reports, OutputTables tables, PartitionInference inference, OutputFolder folder) {
        Map<String, Long> rejected = new TreeMap<>();
        reports.forEach(report -> report.rejected().forEach((code, count) -> rejected.merge(code, count, Long::sum)));
        boolean good = rejected.values().stream().mapToLong(Long::longValue).sum() <= options.maxRejected();
        List<String> names = good
                ? List.of(SideTables.REJECTED, SideTables.STATE, SideTables.LEARNED, OutputTables.RESULTS)
                : List.of(SideTables.REJECTED);
        for (TaskReport report : reports) {
            report.tables().stream().filter(names::contains).forEach(name -> folder.gather(report.attempt(), name));
        }
        boolean learned = reports.stream().anyMatch(report -> report.tables().contains(SideTables.LEARNED));
        if (good) {
            if (options.inference().clustered()) {
                checkClustered(tables, folder);
            }
            learned |= writePopulation(reports, tables, inference, folder);
        }
        // What an earlier run left must not stand beside what this one found.
        OutputTables.NAMES.forEach(folder::remove);
        for (String name : names) {
            if (learned || !name.equals(SideTables.LEARNED)) {
                folder.place(name);
            }
        }
        return outcome(reports, rejected, good);
    }

    private BatchOutcome outcome(List<TaskReport> reports, Map<String, Long> rejected, boolean good) {
        return new BatchOutcome(
                sum(reports, TaskReport::rowsRead),
                good ? sum(reports, TaskReport::rowsWritten) : 0,
                sum(reports, TaskReport::duplicates),
                sum(reports, TaskReport::rowsInserted),
                rejected,
                sum(reports, TaskReport::agents),
                reports,
                statistics(reports),
                good);
    }

    private static long sum(List<TaskReport> reports, ToLongFunction<TaskReport> count) {
        return reports.stream().mapToLong(count).sum();
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

    /**
     * Checks that what the caller said of the input holds: an agent whose rows stand in two places, maybe in two files, has
     * ended twice, and has two states.
     */
    private void checkClustered(OutputTables tables, OutputFolder folder) {
        Column[] key = fleet.named()
                ? new Column[] {col(ResultTable.MODEL), col(ResultTable.AGENT)}
                : new Column[] {col(ResultTable.AGENT)};
        List<Row> twice = session.read()
                .format(options.format().text())
                .options(options.format().options())
                .schema(tables.state().schema())
                .load(folder.gathered(SideTables.STATE))
                .groupBy(key)
                .count()
                .where(col("count").gt(1))
                .limit(1)
                .collectAsList();
        if (!twice.isEmpty()) {
            throw new CallerException("The input is not clustered (--clustered): the rows of agent \""
                    + twice.get(0).getAs(ResultTable.AGENT) + "\" do not stand together in one file");
        }
    }

    /** Writes one row a model that learns as a population; whether there is any. */
    private static boolean writePopulation(
            List<TaskReport> reports, OutputTables tables, PartitionInference inference, OutputFolder folder) {
        Map<Integer, IncrementSums> sums = new TreeMap<>();
        for (TaskReport report : reports) {
            report.population().forEach((model, increments) -> sums.computeIfAbsent(
                            model, m -> IncrementSums.of(increments.sums().length))
                    .merge(increments));
        }
        if (sums.isEmpty()) {
            return false;
        }
        List<CompiledModel> models = inference.compile();
        String population = folder.work() + "/population";
        OutputWriter writer = tables.learned().open(population + "/" + SideTables.LEARNED, reports.size());
        sums.forEach((model, increments) -> writer.write(tables.side()
                .learned(
                        models.get(model).name(),
                        null,
                        models.get(model).kernel().learning().learned(increments.toArray()))));
        writer.close();
        folder.gather(population, SideTables.LEARNED);
        return true;
    }
}
