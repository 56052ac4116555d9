package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;

import io.murmuration.inference.ResultLayout;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.Update;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Inference over a table, resolved before any row is read: what options and columns mean for this fleet.
 *
 * @param partition what happens in every partition
 * @param layouts what a row of each model's results holds
 * @param results the columns of the results
 */
public record InferencePlan(PartitionInference partition, List<ResultLayout> layouts, ResultTable results) {
    /** Bytes of input that a partition is to hold: few enough that a task sorts them in memory. */
    private static final long BYTES_A_PARTITION = 32L << 20;
    /** Fewer bytes are not worth a partition. */
    private static final long LEAST_BYTES = 1L << 20;

    /**
     * Resolves options against a source and a fleet.
     *
     * @throws CallerException if they do not go together
     */
    public static InferencePlan of(
            ObservationSource source, Fleet fleet, InferenceOptions options, TableFormat format) {
        TimeType timeType = source.form().timeType();
        long step = options.step().map(timeType::parseStep).orElse(0L);
        if (!(options.smoothing() instanceof Smoothing.None)) {
            fleet.members().forEach(InferencePlan::checkSmoothable);
        }
        PartitionInference partition = new PartitionInference(
                fleet, source.form(), options.seed(), options.lanes(), step, 0, options.smoothing());
        List<CompiledModel> models = partition.compile();
        models.forEach(model -> BlockSize.of(model, options.lanes(), options.smoothing()));
        List<ResultLayout> layouts = models.stream().map(CompiledModel::layout).toList();
        ResultTable results = new ResultTable(
                fleet.named(), columns(options.select(), fleet, layouts), timeType, options.precision(), format);
        return new InferencePlan(partition, layouts, results);
    }

    private static void checkSmoothable(Fleet.Member member) {
        if (member.model() instanceof DiscreteModel model
                && model.learning() instanceof DirichletLearning learning
                && learning.update() == Update.STEP) {
            throw new CallerException("--smooth does not go with the model \"" + member.name()
                    + "\", which learns after every step: the transitions of the past are not kept");
        }
    }

    private static List<String> columns(List<String> selected, Fleet fleet, List<ResultLayout> layouts) {
        if (selected.isEmpty()) {
            return ResultTable.standard(fleet.named(), layouts);
        }
        if (selected.stream().distinct().count() < selected.size()) {
            throw new CallerException("--select names a column twice: " + String.join(", ", selected));
        }
        List<String> selectable = ResultTable.selectable(fleet.named(), layouts);
        for (String name : selected) {
            if (!selectable.contains(name)) {
                throw new CallerException("The results have no column \"" + name + "\" (--select); there are "
                        + String.join(", ", selectable));
            }
        }
        return selected;
    }

    /** Brings each agent's rows together, in the order of their time. */
    static Dataset<Row> gather(Dataset<Row> keyed, InferenceOptions options) {
        if (options.clustered()) {
            return keyed;
        }
        Column[] agent = {col("model"), col("agent")};
        return keyed.repartition(options.partitions().orElseGet(() -> partitions(keyed)), agent)
                // Where an agent goes on from comes first, whatever its time: rows before it are late.
                .sortWithinPartitions(col("model"), col("agent"), col("state").isNull(), col("t"));
    }

    /** As many as Spark's setting says, more where the input is large, fewer where it is tiny. */
    private static int partitions(Dataset<Row> keyed) {
        int usual = Integer.parseInt(keyed.sparkSession().conf().get("spark.sql.shuffle.partitions"));
        double bytes = ((org.apache.spark.sql.classic.Dataset<Row>) keyed)
                .queryExecution()
                .optimizedPlan()
                .stats()
                .sizeInBytes()
                .toDouble();
        int cores = keyed.sparkSession().sparkContext().defaultParallelism();
        if (bytes < (double) usual * LEAST_BYTES) {
            return Math.min(usual, Math.max(cores, (int) Math.ceil(bytes / LEAST_BYTES)));
        }
        // What Spark cannot know it holds for immense: no more than one task for each of some thousand cores then.
        return (int) Math.max(usual, Math.min(Math.ceil(bytes / BYTES_A_PARTITION), 10_000));
    }
}
