package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import io.murmuration.inference.ResultLayout;
import io.murmuration.model.GenerativeModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * Active inference as an operator on Datasets: observations of many agents in, their beliefs, free energies, policies and
 * actions out, in the columns of the data contract. Lazy, as every transformation is.
 *
 * <pre>{@code
 * Dataset<Row> results = Inference.of(ModelFile.read(Path.of("model.yaml"))).apply(observations);
 * }</pre>
 */
public final class Inference {
    private final Fleet fleet;
    private final InferenceOptions options;

    private Inference(Fleet fleet, InferenceOptions options) {
        this.fleet = fleet;
        this.options = options;
    }

    /** Inference with one model. */
    public static Inference of(GenerativeModel model) {
        return of(Fleet.of(model));
    }

    /** Inference with the models of a fleet. */
    public static Inference of(Fleet fleet) {
        return new Inference(fleet, InferenceOptions.DEFAULTS);
    }

    /** The same inference with other options. */
    public Inference with(InferenceOptions newOptions) {
        return new Inference(fleet, newOptions);
    }

    /**
     * Infers. A row that cannot be used fails the query when it is run, with the reason in the message; the batch job is
     * for those who would rather keep such rows apart.
     *
     * @param observations a table with the columns that the options name
     * @return a row an agent and step
     * @throws CallerException if the table does not have these columns
     */
    public Dataset<Row> apply(Dataset<Row> observations) {
        ObservationSource source = ObservationSource.of(observations, options.columns(), fleet);
        InferencePlan plan = InferencePlan.of(source, fleet, options, TableFormat.PARQUET);
        Dataset<Row> keyed = InferencePlan.gather(source.rows(), options);
        Operator operator = new Operator(plan.partition(), plan.results(), keyed.schema());
        return keyed.mapPartitions(operator, Encoders.row(plan.results().schema(plan.layouts())));
    }

    /** What Spark runs in every partition. */
    private record Operator(PartitionInference inference, ResultTable table, StructType keyed)
            implements MapPartitionsFunction<Row, Row> {

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            ExpressionEncoder.Serializer<Row> serializer =
                    ExpressionEncoder.apply(keyed).createSerializer();
            Iterator<InternalRow> internal = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public InternalRow next() {
                    return serializer.apply(rows.next());
                }
            };
            List<CompiledModel> models = inference.compile();
            Results results = new Results(models, table);
            PartitionRun run = inference.start(internal, models, results);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    boolean more = true;
                    while (results.ready.isEmpty() && more) {
                        more = run.advance();
                    }
                    return !results.ready.isEmpty();
                }

                @Override
                public Row next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return results.ready.remove();
                }
            };
        }
    }

    /** The results of the block that went through last, as rows. */
    private static final class Results implements InferenceSink {
        private final List<ResultTable.Rows> buffers = new ArrayList<>();
        private final Queue<Row> ready = new ArrayDeque<>();

        Results(List<CompiledModel> models, ResultTable table) {
            List<ResultLayout> layouts =
                    models.stream().map(CompiledModel::layout).toList();
            StructType schema = table.schema(layouts);
            Function1<Object, Object> converter = CatalystTypeConverters.createToScalaConverter(schema);
            for (CompiledModel model : models) {
                buffers.add(table.rows(model, schema, row -> ready.add((Row) converter.apply(row))));
            }
        }

        @Override
        public void results(InferenceResult result) {
            buffers.get(result.model()).add(result);
            buffers.get(result.model()).flush();
        }

        @Override
        public void agentEnded(int model, String agent, long lastTime, AgentState state) {
            // Results are all that this operator gives.
        }

        @Override
        public void rejected(InternalRow raw, Rejection rejection) {
            throw new CallerException(
                    rejection.reason() + " (" + rejection.code().text() + ")");
        }

        @Override
        public void duplicate() {
            // Equal rows of one key are one row.
        }

        @Override
        public void inserted() {
            // The row that is inferred for it tells.
        }
    }
}
