package io.murmuration.batch;

import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ResultLayout;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What happens in a partition: sorted rows in, results into a sink. Lazy: rows are read as blocks fill.
 *
 * @param fleet the models
 * @param form of the keyed rows
 * @param seed of stochastic choices
 * @param lanes how many agents share a block
 */
record PartitionInference(Fleet fleet, KeyedRows form, long seed, int lanes) implements Serializable {

    /** Puts a partition's rows, sorted by model, agent and time, through the kernels of their models. */
    void run(Iterator<InternalRow> rows, List<InferenceKernel> kernels, InferenceSink sink) {
        List<BlockSize> sizes =
                kernels.stream().map(InferenceKernel::layout).map(this::size).toList();
        KeyedObservations observations =
                new KeyedObservations(rows, new RowDecoder(fleet, form), sink, form.timeType());
        ObservationBatches batches = new ObservationBatches(
                observations, fleet, model -> sizes.get(model).steps());
        BlockRunner runner = null;
        int model = -1;
        while (batches.hasNext()) {
            ObservationBatch batch = batches.next();
            if (batch.model() != model) {
                if (runner != null) {
                    runner.flush();
                }
                model = batch.model();
                runner = new BlockRunner(kernels.get(model), sizes.get(model), seed, sink);
            }
            runner.accept(batch);
        }
        if (runner != null) {
            runner.flush();
        }
    }

    private BlockSize size(ResultLayout layout) {
        return BlockSize.of(layout, lanes);
    }

    List<InferenceKernel> compile() {
        return fleet.members().stream()
                .map(m -> InferenceKernel.compile(m.model()))
                .toList();
    }
}
