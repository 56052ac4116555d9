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
    private final HistorySmoother smoother;
    private final CompiledModel model;
    private final InferenceSink sink;
    private final BlockSize size;

    /** Whole histories that wait for others to share a block with, and the rows of the longest. */
    private final List<ObservationBatch> waiting = new ArrayList<>();

    private int longest;

    private final AgentBlock block;
    private ObservationBlock observations;
    private ResultBlock results;

    /** The run that a history under way, alone in lane 0, is to go on with; 0 where none is. */
    private int expectedRun;
    /** Rows of that history that still wait for what comes later; they stand at the front of lane 0. */
    private int held;

    BlockRunner(CompiledModel model, BlockSize size, long seed, InferenceSink sink) {
        this.model = model;
        kernel = model.kernel();
        smoother = model.smoother();
        this.sink = sink;
        this.size = size;
        block = kernel.block(size.lanes(), seed);
        makeRoom(size.lanes(), 1);
    }

    /** Makes room for a number of lanes and steps, with some to spare, so that it is not made for every block anew. */
    private void makeRoom(int lanes, int steps) {
        if (observations != null && lanes <= observations.lanes() && steps <= observations.steps()) {
            return;
        }
        int roomSteps = size.roomFor(lanes, steps);
        int roomLanes = Math.max(lanes, Math.min(size.lanes(), size.cells() / roomSteps));
        // The old room is let go before there is a new one.
        observations = null;
        results = null;
        observations = new ObservationBlock(roomLanes, roomSteps, kernel.observationWidth(), kernel.actionWidth());
        results = new ResultBlock(roomLanes, roomSteps, model.layout());
    }

    /** Takes the next run. */
    void accept(ObservationBatch batch) {
        if (batch.run() != expectedRun) {
            throw new IllegalStateException("Agent \"" + batch.agent() + "\": run " + batch.run() + " came where run "
                    + expectedRun + " was expected");
        }
        if (batch.run() == 0 && batch.last()) {
            await(batch);
        } else {
            runAlone(batch);
        }
    }

    private void await(ObservationBatch batch) {
        if (!size.fits(waiting.size() + 1, Math.max(longest, batch.rows()))) {
            flush();
        }
        waiting.add(batch);
        longest = Math.max(longest, batch.rows());
    }

    /** Runs what is waiting. */
    void flush() {
        if (!waiting.isEmpty()) {
            makeRoom(waiting.size(), Math.max(1, longest));
            // Longest first, so that the lanes that still have rows are always the first ones.
            waiting.sort(Comparator.comparingInt(ObservationBatch::rows).reversed());
            for (int lane = 0; lane < waiting.size(); lane++) {
                begin(lane, waiting.get(lane));
            }
            run(waiting, 0);
            for (int lane = 0; lane < waiting.size(); lane++) {
                finish(lane, waiting.get(lane), waiting.get(lane).rows());
            }
            waiting.clear();
            longest = 0;
        }
    }

    /** Runs a part of a history that is longer than a run, and hands on the rows that need to wait no longer. */
    private void runAlone(ObservationBatch batch) {
        if (batch.run() == 0) {
            if (smoother.needsWholeHistory()) {
                throw new CallerException("Agent \"" + batch.agent() + "\" has more than the " + size.run()
                        + " rows that fit into memory for --smooth all: give a number of rows, as in --smooth 100");
            }
            flush();
            makeRoom(1, smoother.lag() + size.run());
            begin(0, batch);
        }
        run(List.of(batch), held);
        int end = held + batch.rows();
        if (batch.last()) {
            finish(0, batch, end);
            held = 0;
            expectedRun = 0;
        } else {
            int ready = Math.max(0, end - smoother.lag());
            emit(0, batch, ready, end, block.state(0));
            observations.keep(ready, end);
            results.keep(ready, end);
            held = end - ready;
            expectedRun = batch.run() + 1;
        }
    }

    private void begin(int lane, ObservationBatch batch) {
        long key = Draws.agentKey(batch.agent());
        if (batch.resumed().isEmpty()) {
            block.start(lane, key);
            return;
        }
        try {
            block.resume(lane, key, batch.resumed().get().state());
        } catch (IllegalArgumentException e) {
            throw model.misfit(batch.agent(), e);
        }
    }

    /** Puts batches, the longest first, through the kernel, from a step of the room on. */
    private void run(List<ObservationBatch> batches, int firstStep) {
        for (int lane = 0; lane < batches.size(); lane++) {
            fill(lane, batches.get(lane), firstStep);
        }
        int steps = batches.get(0).rows();
        int active = batches.size();
        for (int step = 0; step < steps; step++) {
            while (batches.get(active - 1).rows() <= step) {
                active--;
            }
            block.step(active, observations, firstStep + step, results);
        }
    }

    private void fill(int lane, ObservationBatch batch, int firstStep) {
        int observationWidth = kernel.observationWidth();
        int actionWidth = kernel.actionWidth();
        for (int row = 0; row < batch.rows(); row++) {
            int step = firstStep + row;
            observations.setTime(step, lane, batch.times()[row]);
            for (int e = 0; e < observationWidth; e++) {
                observations.setObservation(step, e, lane, batch.observations()[row * observationWidth + e]);
            }
            for (int e = 0; e < actionWidth; e++) {
                observations.setAction(step, e, lane, batch.actions()[row * actionWidth + e]);
            }
        }
    }

    /** Hands on an agent's last rows and where it stands after them. */
    private void finish(int lane, ObservationBatch batch, int end) {
        AgentState state = block.state(lane);
        emit(lane, batch, end, end, state);
        long lastTime = batch.rows() > 0
                ? batch.times()[batch.rows() - 1]
                : batch.resumed().orElseThrow().time();
        sink.agentEnded(batch.model(), batch.agent(), lastTime, state);
    }

    /** Hands on the first {@code ready} of {@code end} rows, after which the agent stands where the state says. */
    private void emit(int lane, ObservationBatch batch, int ready, int end, AgentState state) {
        smoother.smooth(observations, results, lane, ready, end);
        sink.results(new InferenceResult(
                batch.model(), batch.agent(), observations, results, lane, ready, state.steps() - end));
    }
}
