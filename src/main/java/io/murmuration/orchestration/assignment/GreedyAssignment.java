package io.murmuration.orchestration.assignment;

import io.murmuration.orchestration.assignment.Assignment.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Matches the best pair first, as many of its tasks as its agents take, then the next best that is still to be had; of equal
 * pairs that of the lower task, then of the lower agent. No pair is left that could still be matched, so that at least half of
 * the tasks that can be matched are, and half of the sum of scores that can be reached is (Avis 1983, "A survey of heuristics
 * for the weighted matching problem"); how far it is from optimal in a given problem, a {@link Certificate} says.
 *
 * <p>Takes time in the number of pairs: scores are few enough for a counting sort, which is stable and thereby keeps the order
 * of equal pairs.
 */
public final class GreedyAssignment {
    private GreedyAssignment() {}

    /** @throws IllegalArgumentException if a capacity, a demand or a score of the problem is out of its range */
    public static Assignment of(AssignmentProblem problem) {
        PairTable pairs = new PairTable(problem);
        int[] taskOf = new int[pairs.pairs()];
        for (int task = 0; task < pairs.tasks; task++) {
            Arrays.fill(taskOf, pairs.start[task], pairs.start[task + 1], task);
        }
        int[] capacity = pairs.capacity.clone();
        int[] demand = pairs.demand.clone();
        List<Match> matches = new ArrayList<>();
        for (int pair : bestFirst(pairs)) {
            int agent = pairs.agent[pair];
            int task = taskOf[pair];
            int count = Math.min(capacity[agent], demand[task]);
            if (count > 0) {
                capacity[agent] -= count;
                demand[task] -= count;
                matches.add(new Match(agent, task, count));
            }
        }
        return new Assignment(matches);
    }

    private static int[] bestFirst(PairTable pairs) {
        int[] next = new int[AssignmentProblem.ONE + 2];
        for (int pair = 0; pair < pairs.pairs(); pair++) {
            next[rank(pairs.score[pair]) + 1]++;
        }
        for (int rank = 1; rank < next.length; rank++) {
            next[rank] += next[rank - 1];
        }
        int[] order = new int[pairs.pairs()];
        for (int pair = 0; pair < order.length; pair++) {
            order[next[rank(pairs.score[pair])]++] = pair;
        }
        return order;
    }

    private static int rank(int score) {
        return AssignmentProblem.ONE - score;
    }
}
