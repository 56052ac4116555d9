package io.murmuration.orchestration.matching;

import io.murmuration.orchestration.assignment.Shortage;
import java.util.BitSet;
import java.util.Optional;

/**
 * From tasks without an agent to all who may have them, and on to the tasks that those have: either somebody there has a place
 * free, so that all could move on and one more task be matched; or they are all that there are, and too few.
 */
final class ShortageSearch {
    private ShortageSearch() {}

    /** @return empty if one more task can be matched */
    static Optional<Shortage> of(ProfileIndex index, PlaceMarket market, int[] without) {
        CompiledProblem problem = index.problem();
        ProfileIndex.Search search = index.search();
        ProfileIndex.Told told = index.new Told();
        BitSet tasks = new BitSet();
        TaskQueue next = new TaskQueue(without.length);
        for (int task = 0; task < without.length; task++) {
            if (without[task] > 0) {
                tasks.set(task);
                next.add(task);
            }
        }
        boolean[] free = new boolean[1];
        while (!next.isEmpty() && !free[0]) {
            search.forEachNew(next.remove(), told, agent -> {
                free[0] |= !market.full(agent);
                for (int place = 0; place < market.held(agent); place++) {
                    int task = market.holder(agent, place);
                    if (!tasks.get(task)) {
                        tasks.set(task);
                        next.add(task);
                    }
                }
            });
        }
        if (free[0]) {
            return Optional.empty();
        }
        BitSet agents = told.agents();
        return Optional.of(new Shortage(
                tasks,
                agents,
                tasks.stream().mapToLong(problem::demand).sum(),
                agents.stream().mapToLong(problem::capacity).sum()));
    }
}
