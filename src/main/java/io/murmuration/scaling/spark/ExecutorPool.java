package io.murmuration.scaling.spark;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkContext;

/**
 * The executors of one application, as its cluster manager lets them be changed. All calls come from one thread, but for
 * those of {@link #refusal}; each may wait for the cluster manager.
 */
public interface ExecutorPool {
    /**
     * The executors of an application for whoever changes their number by hand: no events are followed, and nothing is known of
     * shuffle files that lie on them.
     */
    static ExecutorPool of(SparkContext context) {
        return new SparkExecutorPool(
                context, new ExecutorEvents(), new ShuffleHoldings(Duration.ZERO, InstantSource.system()));
    }

    /** Why their number cannot be changed, in a sentence; empty where it can. It may change while the application runs. */
    Optional<String> refusal();

    /** Those registered now. */
    List<ExecutorState> executors();

    /** What happened since the last call, in order. Events may be lost: {@link #executors} is the truth. */
    List<ExecutorEvent> takeEvents();

    /**
     * Sets the number that the cluster manager is to keep up: it starts what is missing and replaces what is lost, and ends
     * none of those there are.
     *
     * @return whether it acknowledged that, which is no promise
     */
    boolean requestTotal(int executors);

    /** Whether executors can leave by {@link #decommission}. */
    boolean canDecommission();

    /** Whether those that leave so hand on their shuffle files and cached blocks first. */
    boolean handsOnBlocks();

    /** Has executors take no more tasks, finish those they have, and leave; returns those that will. */
    Set<String> decommission(Collection<String> ids);

    /** Ends executors, but for those that run tasks by then; returns those that end. */
    Set<String> killIdle(Collection<String> ids);
}
