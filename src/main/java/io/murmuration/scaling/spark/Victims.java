package io.murmuration.scaling.spark;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Chooses executors to do without: those whose loss costs least first, that is, idle before busy, with few cached blocks
 * before many, young before old (whose code is compiled and whose files are fetched).
 */
final class Victims {
    private static final Comparator<ExecutorState> CHEAPEST_FIRST = Comparator.comparingInt(ExecutorState::runningTasks)
            .thenComparing(ExecutorState::holdsShuffle)
            .thenComparingLong(ExecutorState::cachedBytes)
            .thenComparing(ExecutorState::addedAt, Comparator.reverseOrder())
            .thenComparing(ExecutorState::id);

    private final Predicate<ExecutorState> eligible;

    private Victims(Predicate<ExecutorState> eligible) {
        this.eligible = eligible;
    }

    /** Any executor that runs no task: those that leave hand on what they hold. */
    static Victims idle() {
        return new Victims(ExecutorState::isIdle);
    }

    /** Any executor, those that run tasks last: they finish them first. */
    static Victims idleFirst() {
        return new Victims(executor -> true);
    }

    /** Executors that run no task and hold nothing that would have to be computed again. */
    static Victims idleAndEmpty() {
        return new Victims(executor -> executor.isIdle() && !executor.holdsShuffle() && executor.cachedBytes() == 0);
    }

    /** At most so many ids of those that take tasks. */
    List<String> choose(List<ExecutorState> executors, int most) {
        return executors.stream()
                .filter(ExecutorState::active)
                .filter(eligible)
                .sorted(CHEAPEST_FIRST)
                .limit(most)
                .map(ExecutorState::id)
                .toList();
    }
}
