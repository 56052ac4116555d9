package io.murmuration.batch;

import io.murmuration.inference.ResultLayout;

/**
 * How large a block is.
 *
 * @param lanes how many agents share a block, at least 1
 * @param steps how many rows of one agent a block takes, at least 1
 */
record BlockSize(int lanes, int steps) {
    /** Agents that share a block unless told otherwise: enough for vector instructions, few enough for the caches. */
    static final int DEFAULT_LANES = 256;

    private static final long BYTES = 48L << 20;
    private static final int MAX_STEPS = 8192;

    /** As many lanes as wished and as many steps as memory allows; fewer lanes where a single step is already large. */
    static BlockSize of(ResultLayout layout, int wishedLanes) {
        long bytesOfStep = 8L * Math.max(1, layout.width());
        int lanes = (int) Math.max(1, Math.min(wishedLanes, BYTES / (32 * bytesOfStep)));
        int steps = (int) Math.max(1, Math.min(MAX_STEPS, BYTES / (lanes * bytesOfStep)));
        return new BlockSize(lanes, steps);
    }
}
