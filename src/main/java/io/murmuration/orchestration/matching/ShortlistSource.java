package io.murmuration.orchestration.matching;

import java.util.List;

/** Finds the best agents of tasks, here or on other machines: what it finds depends on tasks and prices alone. */
public interface ShortlistSource {
    /**
     * Finds a shortlist a task.
     *
     * @param tasks numbers of groups
     * @param most how many agents the list of each may have, at least 1
     * @param prices that hold while it looks
     */
    List<Candidates> find(int[] tasks, int[] most, ProfileIndex.Prices prices);
}
