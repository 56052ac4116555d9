package io.murmuration.orchestration.assignment;

/**
 * A problem whose scores are known: one row an agent, one column a task.
 *
 * @param capacities of the agents, at least 0
 * @param demands of the tasks, at least 0
 * @param scores [agent][task], in millionths from 0 to {@link #ONE}, or {@link #FORBIDDEN}
 */
public record MatrixProblem(int[] capacities, int[] demands, int[][] scores) implements AssignmentProblem {
    /** @throws IllegalArgumentException if the matrix has not a row an agent and a column a task */
    public MatrixProblem {
        if (scores.length != capacities.length) {
            throw new IllegalArgumentException("scores have " + scores.length + " rows, expected one for each of "
                    + capacities.length + " agents");
        }
        for (int[] row : scores) {
            if (row.length != demands.length) {
                throw new IllegalArgumentException("a row of scores has " + row.length
                        + " columns, expected one for each of " + demands.length + " tasks");
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
        return scores[agent][task];
    }
}
