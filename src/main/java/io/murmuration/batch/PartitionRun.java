package io.murmuration.batch;

import java.util.Iterator;
import java.util.function.IntFunction;

/** A partition on its way through the kernels. Lazy: rows are read as blocks fill, and results come as blocks are full. */
public final class PartitionRun {
    private final Iterator<ObservationBatch> batches;
    private final IntFunction<BlockRunner> runnerOfModel;
    private int model = -1;
    private BlockRunner runner;

    /**
     * @param batches runs of observations, those of one model together
     * @param runnerOfModel makes the runner of a model, by its place in the fleet
     */
    PartitionRun(Iterator<ObservationBatch> batches, IntFunction<BlockRunner> runnerOfModel) {
        this.batches = batches;
        this.runnerOfModel = runnerOfModel;
    }

    /** Takes the next run of observations; false when all are through, and everything was handed on. */
    public boolean advance() {
        if (!batches.hasNext()) {
            flush();
            return false;
        }
        ObservationBatch batch = batches.next();
        if (batch.model() != model) {
            flush();
            model = batch.model();
            runner = runnerOfModel.apply(model);
        }
        runner.accept(batch);
        return true;
    }

    private void flush() {
        if (runner != null) {
            runner.flush();
        }
    }

    /** Takes all that is left. */
    public void finish() {
        boolean more = true;
        while (more) {
            more = advance();
        }
    }
}
