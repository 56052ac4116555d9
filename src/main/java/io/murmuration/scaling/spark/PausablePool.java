package io.murmuration.scaling.spark;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pool that changes nothing while there is a reason not to: it is paused, set to advise only, or refuses by itself.
 * Whoever decides goes on; that nothing is done is seen to here, whoever asks.
 */
final class PausablePool implements ExecutorPool {
    private static final String PAUSED = "the autoscaler is paused: it only advises";
    private static final String ADVISORY = "the autoscaler is set to advise only";

    private final ExecutorPool pool;
    private final boolean advisory;
    private volatile boolean paused;

    /** @param advisory whether it is set to advise only, for good */
    PausablePool(ExecutorPool pool, boolean advisory) {
        this.pool = pool;
        this.advisory = advisory;
    }

    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean paused) {
        this.paused = paused;
    }

    @Override
    public Optional<String> refusal() {
        if (advisory) {
            return Optional.of(ADVISORY);
        }
        return paused ? Optional.of(PAUSED) : pool.refusal();
    }

    private boolean changes() {
        return refusal().isEmpty();
    }

    @Override
    public List<ExecutorState> executors() {
        return pool.executors();
    }

    @Override
    public List<ExecutorEvent> takeEvents() {
        return pool.takeEvents();
    }

    @Override
    public boolean requestTotal(int executors) {
        return changes() && pool.requestTotal(executors);
    }

    @Override
    public boolean canDecommission() {
        return pool.canDecommission();
    }

    @Override
    public boolean handsOnBlocks() {
        return pool.handsOnBlocks();
    }

    @Override
    public Set<String> decommission(Collection<String> ids) {
        return changes() ? pool.decommission(ids) : Set.of();
    }

    @Override
    public Set<String> killIdle(Collection<String> ids) {
        return changes() ? pool.killIdle(ids) : Set.of();
    }
}
