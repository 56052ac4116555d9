package io.murmuration.orchestration.assignment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A problem that has the allowed pairs of each task in a list, and no others.
 *
 * @param capacities of the agents, at least 0
 * @param demands of the tasks, at least 0
 * @param lists agents, [task][pair], in ascending order
 * @param scores [task][pair], in millionths from 0 to {@link #ONE}
 */
public record SparseProblem(int[] capacities, int[] demands, int[][] lists, int[][] scores)
        implements AssignmentProblem {
    /** @throws IllegalArgumentException if lists differ in length, or name agents that there are not, or out of order */
    public SparseProblem {
        if (lists.length != demands.length || scores.length != demands.length) {
            throw new IllegalArgumentException(
                    "there are lists of agents for " + lists.length + " tasks, and of scores for " + scores.length
                            + ", expected one of both for each of " + demands.length);
        }
        for (int task = 0; task < demands.length; task++) {
            check(capacities.length, task, lists[task], scores[task]);
        }
    }

    /** A problem with the groups of another one, and these pairs of it, a list a task. */
    public static SparseProblem of(AssignmentProblem problem, List<Shortlist> shortlists) {
        return new SparseProblem(
                IntStream.range(0, problem.agents()).map(problem::capacity).toArray(),
                IntStream.range(0, problem.tasks()).map(problem::demand).toArray(),
                shortlists.stream().map(Shortlist::agents).toArray(int[][]::new),
                shortlists.stream().map(Shortlist::scores).toArray(int[][]::new));
    }

    private static void check(int count, int task, int[] agents, int[] scores) {
        if (agents.length != scores.length) {
            throw new IllegalArgumentException("task " + task + " has a list of " + agents.length
                    + " agents and one of " + scores.length + " scores, expected as many");
        }
        for (int pair = 0; pair < agents.length; pair++) {
            if (agents[pair] < 0 || agents[pair] >= count || (pair > 0 && agents[pair] <= agents[pair - 1])) {
                throw new IllegalArgumentException("task " + task + " lists agent " + agents[pair]
                        + ", expected agents below " + count + " in ascending order");
            }
        }
    }

    @Override
    public int agents() {
        return capacities.length;
    }

    @Override
    public int tasks() {
        return demands.length;
    }

    @Override
    public int capacity(int agent) {
        return capacities[agent];
    }

    @Override
    public int demand(int task) {
        return demands[task];
    }

    @Override
    public int score(int agent, int task) {
        int pair = Arrays.binarySearch(lists[task], agent);
        return pair < 0 ? FORBIDDEN : scores[task][pair];
    }

    @Override
    public void forEachAllowed(int task, PairConsumer pairs) {
        for (int pair = 0; pair < lists[task].length; pair++) {
            pairs.accept(lists[task][pair], scores[task][pair]);
        }
    }
}
