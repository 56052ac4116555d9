package io.murmuration.batch;

/**
 * How much of a simulation happens at once.
 *
 * @param lanes how many agents share a block, at least 1
 * @param room how many of their steps are kept, at least 1; fewer than all only where there is one agent
 */
record LoopSize(int lanes, int room) {
    private static final long BYTES = 32L << 20;
    private static final int MOST_LANES = 128;

    /**
     * As many agents as are worth it, fewer where each takes many or wide steps.
     *
     * @param stepBytes what is kept of a step of an agent
     * @param laneBytes working memory of an agent
     * @param steps of each agent, at least 1
     */
    static LoopSize of(long stepBytes, long laneBytes, int steps) {
        long cells = Math.max(1, BYTES / stepBytes);
        long lanes = Math.min(MOST_LANES, Math.min(cells / steps, BYTES / Math.max(1, laneBytes)));
        return new LoopSize((int) Math.max(1, lanes), (int) Math.min(steps, cells / Math.max(1, lanes)));
    }
}
