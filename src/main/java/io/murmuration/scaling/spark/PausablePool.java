package io.murmuration.scaling.spark;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pool that refuses while it is paused, so that whoever decides goes on and nothing is done. */
final class PausablePool implements ExecutorPool {
    private static final String PAUSED = "the autoscaler is paused: it only advises";

    private final ExecutorPool pool;
    private volatile boolean paused;

    PausablePool(ExecutorPool pool) {
        this.pool = pool;
    }

    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean paused) {
        this.paused = paused;
    }

    @Override
    public Optional<String> refusal() {
        return paused ? Optional.of(PAUSED) : pool.refusal();
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
        return pool.requestTotal(executors);
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
        return pool.decommission(ids);
    }

    @Override
    public Set<String> killIdle(Collection<String> ids) {
        return pool.killIdle(ids);
    }
}
