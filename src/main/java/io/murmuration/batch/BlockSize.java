package io.murmuration.batch;

import io.murmuration.batch.Smoothing.FixedLag;
import io.murmuration.batch.Smoothing.WholeHistory;
import io.murmuration.inference.InferenceKernel;

/**
 * How large a block may be.
 *
 * @param lanes how many agents share a block, at least 1
 * @param run how many rows of one agent are taken at once, at least 1; a longer history goes run by run
 * @param cells rows of observations and results that there is memory for, whatever the number of agents that they are divided among
 */
record BlockSize(int lanes, int run, int cells) {
    /** Agents that share a block unless told otherwise: enough for vector instructions, few enough for the caches. */
    static final int DEFAULT_LANES = 256;

    /** What observations and results of a block may take. */
    private static final long BYTES_OF_CELLS = 48L << 20;
    /** What the engine's working memory may take; a single lane may take more. */
    private static final long BYTES_OF_LANES = 48L << 20;

    private static final int LONGEST_RUN = 8192;

    /**
     * As many lanes as wished, fewer where a single step is already large, and runs as long as memory allows. Histories
     * that must be taken whole may be as long as there is memory; the longest leaves no room for another beside it.
     *
     * @throws CallerException if the smoothing looks further ahead than memory holds
     */
    static BlockSize of(CompiledModel model, int wishedLanes, Smoothing smoothing) {
        InferenceKernel kernel = model.kernel();
        // Observations, actions and times stand in the block, and once more with those that wait for it.
        long numbers = model.layout().width() + 2L * (kernel.observationWidth() + kernel.actionWidth() + 1);
        int cells = (int) Math.max(1, BYTES_OF_CELLS / (Double.BYTES * numbers));
        long room = Math.min(cells / 32, BYTES_OF_LANES / Math.max(1, kernel.laneBytes()));
        int lanes = (int) Math.max(1, Math.min(wishedLanes, room));
        if (smoothing instanceof WholeHistory) {
            return new BlockSize(lanes, cells, cells);
        }
        int held = smoothing instanceof FixedLag lag ? lag.rows() : 0;
        if (held > 0 && held >= cells) {
            throw new CallerException("--smooth is " + held + ", but no more than " + (cells - 1)
                    + " rows of results with this model fit into memory at once");
        }
        // A run that goes alone comes beside the rows that still wait for it.
        int run = Math.min(LONGEST_RUN, Math.min(cells / lanes, cells - held));
        return new BlockSize(lanes, Math.max(1, run), cells);
    }

    /** How many steps to make room for, so that room is not made for every block anew: a power of two where it fits. */
    int roomFor(int agents, int steps) {
        int power = Integer.highestOneBit(steps);
        long rounded = power == steps ? steps : 2L * power;
        return (int) Math.max(steps, Math.min(rounded, cells / agents));
    }

    /** Whether a number of agents with histories of a number of rows fit. */
    boolean fits(int agents, int rows) {
        return agents <= lanes && (long) agents * rows <= cells;
    }
}
