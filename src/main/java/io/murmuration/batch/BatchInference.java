package io.murmuration.batch;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

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
        this.session = InputTable.session(session);
        if (inference.clustered() || inference.columns().time().equals(ObservationColumns.ROW)) {
            InputTable.keepFilesWhole(this.session);
        }
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
        if (options.inference().clustered() && options.initial().isPresent()) {
            throw new CallerException(
                    "--clustered does not go with --initial: states are in other files than the rows of"
                            + " their agents, which must be brought together");
        }
        ObservationSource source = ObservationSource.of(
                InputTable.open(session, options.input(), options.inputFormat()),
                options.inference().columns(),
                fleet);
        InferencePlan plan = InferencePlan.of(source, fleet, options.inference(), options.format());
        OutputTables tables = OutputTables.of(session, source.form(), plan.results(), plan.layouts());
        folder.begin();
        Findings findings = Findings.none(fleet.members().size());
        List<TaskReport> reports = infer(new Work(plan.partition(), tables, folder.work()), keyed(source), findings);
        return new BatchCommit(session, options, plan.partition(), tables, reports, findings).commit(folder);
    }

    private Dataset<Row> keyed(ObservationSource source) {
        return options.initial()
                .map(initial -> source.rows().unionByName(InitialStates.read(session, initial, source, fleet)))
                .orElse(source.rows());
    }

    private List<TaskReport> infer(Work task, Dataset<Row> keyed, Findings findings) {
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
                session, internal.mapPartitionsWithIndex((index, part) -> task.run(index, part), true), findings);
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
                return ended(new TaskEnd.Done<>(writer.finish(counting.observations())));
            } catch (CallerException e) {
                return ended(new TaskEnd.Refusal(e.getMessage()));
            }
        }

        private static Iterator<byte[]> ended(TaskEnd end) {
            return List.of(end.toBytes()).iterator();
        }
    }
}
