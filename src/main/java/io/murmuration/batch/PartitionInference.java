package io.murmuration.batch;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What is to happen in every partition: rows, sorted by model, agent and time, go through the kernels of their models.
 *
 * @param fleet the models
 * @param form of the keyed rows
 * @param seed of stochastic choices
 * @param lanes how many agents share a block
 * @param step of time at which observations that are left out are inserted, in the unit of the times; 0 where rows are
 *     taken as they come
 * @param idle the time after which an agent that has no row begins anew, in the unit of the times; 0 for never
 * @param smoothing of the results
 */
public record PartitionInference(
        Fleet fleet, KeyedRows form, long seed, int lanes, long step, long idle, Smoothing smoothing)
        implements Serializable {

    /** The same, in which an agent begins anew where its next row comes a time or more after the one before. */
    public PartitionInference withIdle(long time) {
        return new PartitionInference(fleet, form, seed, lanes, step, time, smoothing);
    }

    /** Compiles the models: once a task. */
    public List<CompiledModel> compile() {
        return fleet.members().stream()
                .map(member -> CompiledModel.of(member, smoothing))
                .toList();
    }

    /** Starts on the rows of a partition. */
    public PartitionRun start(Iterator<InternalRow> rows, List<CompiledModel> models, InferenceSink sink) {
        ObservationCursor observations =
                new KeyedObservations(rows, new RowDecoder(fleet, form), sink, form.timeType());
        if (idle > 0) {
            observations = new IdleGaps(observations, idle);
        }
        if (step > 0) {
            observations = new RegularTime(observations, fleet, step, form.timeType(), sink);
        }
        List<BlockSize> sizes = models.stream()
                .map(model -> BlockSize.of(model, lanes, smoothing))
                .toList();
        return new PartitionRun(
                new ObservationBatches(
                        observations, fleet, model -> sizes.get(model).run()),
                model -> new BlockRunner(models.get(model), sizes.get(model), seed, sink));
    }
}
