package io.murmuration.batch;

import io.murmuration.inference.AgentBlock;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.Draws;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts runs of one model's agents through its kernel: whole histories together in blocks, a longer history alone, run by
 * run. Memory is that of one block.
 */
final class BlockRunner {
    private final InferenceKernel kernel;
    private final InferenceSink sink;
    private final BlockSize size;
    private final long seed;
    private final List<ObservationBatch> waiting = new ArrayList<>();

    private final AgentBlock block;
    private ObservationBlock observations;
    private ResultBlock results;
    private int room;

    /** The run that a history under way, alone in lane 0, is to go on with; 0 where none is. */
    private int expectedRun;

    BlockRunner(InferenceKernel kernel, BlockSize size, long seed, InferenceSink sink) {
        this.kernel = kernel;
        this.sink = sink;
        this.size = size;
        this.seed = seed;
        block = kernel.block(size.lanes(), seed);
        makeRoom(1);
    }

    private void makeRoom(int steps) {
        room = steps;
        observations = new ObservationBlock(size.lanes(), steps, kernel.observationWidth(), kernel.actionWidth());
        results = new ResultBlock(size.lanes(), steps, kernel.layout());
    }

    /** Takes the next run; a complete history waits for others to share a block with. */
    void accept(ObservationBatch batch) {
        if (batch.run() != expectedRun) {
            throw new IllegalStateException("Agent \"" + batch.agent() + "\": run " + batch.run() + " came where run "
                    + expectedRun + " was expected");
        }
        if (batch.run() == 0 && batch.last()) {
            waiting.add(batch);
            if (waiting.size() == size.lanes()) {
                flush();
            }
            return;
        }
        if (batch.run() == 0) {
            flush();
            begin(0, batch);
        }
        run(List.of(batch));
        expectedRun = batch.last() ? 0 : batch.run() + 1;
    }

    /** Runs what is waiting. */
    void flush() {
        if (!waiting.isEmpty()) {
            // Longest first, so that the lanes that still have rows are always the first ones.
            waiting.sort(Comparator.comparingInt(ObservationBatch::rows).reversed());
            for (int lane = 0; lane < waiting.size(); lane++) {
                begin(lane, waiting.get(lane));
            }
            run(waiting);
            waiting.clear();
        }
    }

    private void begin(int lane, ObservationBatch batch) {
        long key = Draws.agentKey(batch.agent());
        if (batch.resumed().isPresent()) {
            block.resume(lane, key, batch.resumed().get().state());
        } else {
            block.start(lane, key);
        }
    }

    private void run(List<ObservationBatch> batches) {
        int steps = batches.get(0).rows();
        if (steps > room) {
            makeRoom(Math.min(
                    size.steps(), Integer.highestOneBit(steps) == steps ? steps : 2 * Integer.highestOneBit(steps)));
        }
        for (int lane = 0; lane < batches.size(); lane++) {
            fill(lane, batches.get(lane));
        }
        int active = batches.size();
        for (int step = 0; step < steps; step++) {
            while (batches.get(active - 1).rows() <= step) {
                active--;
            }
            block.step(active, observations, step, results);
        }
        for (int lane = 0; lane < batches.size(); lane++) {
            emit(lane, batches.get(lane));
        }
    }

    private void fill(int lane, ObservationBatch batch) {
        int observationWidth = kernel.observationWidth();
        int actionWidth = kernel.actionWidth();
        for (int row = 0; row < batch.rows(); row++) {
            observations.setTime(row, lane, batch.times()[row]);
            for (int e = 0; e < observationWidth; e++) {
                observations.setObservation(row, e, lane, batch.observations()[row * observationWidth + e]);
            }
            for (int e = 0; e < actionWidth; e++) {
                observations.setAction(row, e, lane, batch.actions()[row * actionWidth + e]);
            }
        }
    }

    private void emit(int lane, ObservationBatch batch) {
        AgentState state = block.state(lane);
        sink.results(batch, results, lane, state.steps() - batch.rows());
        if (batch.last()) {
            long lastTime = batch.rows() > 0
                    ? batch.times()[batch.rows() - 1]
                    : batch.resumed().orElseThrow().time();
            sink.agentEnded(batch.model(), batch.agent(), lastTime, state);
        }
    }
}
