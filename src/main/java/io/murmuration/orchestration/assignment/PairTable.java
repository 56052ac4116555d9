package io.murmuration.orchestration.assignment;

import java.util.Arrays;

/**
 * The pairs of a problem that can be matched, task by task, in flat arrays: allowed, of agents that have capacity and tasks that
 * there are. What a solver reads over and over is here, computed and checked once; eight bytes a pair.
 */
final class PairTable {
    /** As large as arrays get on common virtual machines. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    final int agents;
    final int tasks;
    final int[] capacity;
    final int[] demand;
    /** Pairs of task t are those from start[t] to before start[t + 1], in the order of agents. */
    final int[] start;

    int[] agent;
    int[] score;

    /**
     * @throws IllegalArgumentException if a capacity, a demand or a score is out of its range, or more pairs are allowed than an
     *     array holds
     */
    PairTable(AssignmentProblem problem) {
        agents = problem.agents();
        tasks = problem.tasks();
        capacity = new int[agents];
        demand = new int[tasks];
        Arrays.setAll(capacity, a -> notNegative("capacity of agent ", a, problem.capacity(a)));
        Arrays.setAll(demand, t -> notNegative("demand of task ", t, problem.demand(t)));
        start = new int[tasks + 1];
        agent = new int[(int) Math.min((long) agents * tasks, 1024)];
        score = new int[agent.length];
        for (int t = 0; t < tasks; t++) {
            int task = t;
            start[t + 1] = start[t];
            problem.forEachAllowed(t, (a, value) -> add(a, task, value));
        }
    }

    private void add(int a, int task, int value) {
        if (value < 0 || value > AssignmentProblem.ONE) {
            throw new IllegalArgumentException(
                    "score of agent " + a + " and task " + task + " is " + value + ", expected 0 to "
                            + AssignmentProblem.ONE + ", or " + AssignmentProblem.FORBIDDEN + " where forbidden");
        }
        if (capacity[a] > 0 && demand[task] > 0) {
            int pair = start[task + 1]++;
            makeRoom(pair);
            agent[pair] = a;
            score[pair] = value;
        }
    }

    int pairs() {
        return start[tasks];
    }

    private void makeRoom(int pairs) {
        if (pairs == MOST) {
            throw new IllegalArgumentException("more than " + MOST + " pairs are allowed, expected larger groups");
        }
        if (pairs == agent.length) {
            int length = (int) Math.min(MOST, pairs + (pairs >> 1) + 1L);
            agent = Arrays.copyOf(agent, length);
            score = Arrays.copyOf(score, length);
        }
    }

    private static int notNegative(String what, int number, int value) {
        if (value >= 0) {
            return value;
        }
        throw new IllegalArgumentException(what + number + " is " + value + ", expected at least 0");
    }
}
