package io.murmuration.batch;

import io.murmuration.batch.Smoothing.FixedLag;
import io.murmuration.batch.Smoothing.WholeHistory;
import io.murmuration.inference.ResultLayout;

/**
 * How large a block may be.
 *
 * @param lanes how many agents share a block, at least 1
 * @param run how many rows of one agent are taken at once, at least 1; a longer history goes run by run
 * @param cells rows of results that there is memory for, whatever the number of agents that they are divided among
 */
record BlockSize(int lanes, int run, int cells) {
    /** Agents that share a block unless told otherwise: enough for vector instructions, few enough for the caches. */
    static final int DEFAULT_LANES = 256;

    private static final long BYTES = 48L << 20;
    private static final int LONGEST_RUN = 8192;

    /**
     * As many lanes as wished, fewer where a single step is already large, and runs as long as memory allows. Histories
     * that must be taken whole may be as long as there is memory; the longest leaves no room for another beside it.
     *
     * @throws CallerException if the smoothing looks further ahead than memory holds
     */
    static BlockSize of(ResultLayout layout, int wishedLanes, Smoothing smoothing) {
        int cells = (int) Math.max(1, BYTES / (8L * Math.max(1, layout.width())));
        int lanes = Math.max(1, Math.min(wishedLanes, cells / 32));
        if (smoothing instanceof FixedLag lag && lag.rows() > cells) {
            throw new CallerException("--smooth is " + lag.rows() + ", but no more than " + cells
                    + " rows of results with this model fit into memory at once");
        }
        int run = smoothing instanceof WholeHistory ? cells : Math.max(1, Math.min(LONGEST_RUN, cells / lanes));
        return new BlockSize(lanes, run, cells);
    }

    /** Whether a number of agents with histories of a number of rows fit. */
    boolean fits(int agents, int rows) {
        return agents <= lanes && (long) agents * rows <= cells;
    }
}
