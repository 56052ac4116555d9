package io.murmuration.orchestration.assignment;

import io.murmuration.orchestration.assignment.Oracle.Best;

/** Tries all assignments, one unit of a task after the other. */
final class BruteForce {
    private final AssignmentProblem problem;
    private final int[] capacity;
    private Best best = new Best(0, 0);

    private BruteForce(AssignmentProblem problem) {
        this.problem = problem;
        capacity = new int[problem.agents()];
        for (int agent = 0; agent < capacity.length; agent++) {
            capacity[agent] = problem.capacity(agent);
        }
    }

    static Best of(AssignmentProblem problem) {
        BruteForce search = new BruteForce(problem);
        search.go(0, problem.tasks() == 0 ? 0 : problem.demand(0), 0, new Best(0, 0));
        return search.best;
    }

    /** Units of one task are alike, so that each goes to the agent of the one before or to a later one. */
    private void go(int task, int left, int firstAgent, Best soFar) {
        if (task == problem.tasks()) {
            best = soFar.compareTo(best) > 0 ? soFar : best;
            return;
        }
        int nextDemand = task + 1 < problem.tasks() ? problem.demand(task + 1) : 0;
        go(task + 1, nextDemand, 0, soFar);
        for (int agent = firstAgent; left > 0 && agent < capacity.length; agent++) {
            int score = problem.score(agent, task);
            if (capacity[agent] > 0 && score != AssignmentProblem.FORBIDDEN) {
                capacity[agent]--;
                go(task, left - 1, agent, new Best(soFar.matched() + 1, soFar.score() + score));
                capacity[agent]++;
            }
        }
    }
}
