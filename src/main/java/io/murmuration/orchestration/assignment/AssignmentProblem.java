package io.murmuration.orchestration.assignment;

/**
 * Agents, tasks, and how well each agent does each task. Both come in groups whose members are alike: a group of agents by how
 * many tasks all of them take at once, a group of tasks by how many there are; single ones are groups too. Numbers count from
 * 0.
 *
 * <p>Implementations answer the same at every call. Scores may be computed on demand: a solver asks for each pair once, a check
 * again.
 */
public interface AssignmentProblem {
    /** The best score, 1, in the resolution of all scores, 10⁻⁶: integers, so that sums are exact in any order. */
    int ONE = 1_000_000;

    /** Instead of a score: this agent must not have this task. */
    int FORBIDDEN = -1;

    /** How many groups of agents there are. */
    int agents();

    /** How many groups of tasks there are. */
    int tasks();

    /** Tasks that a group of agents takes at once, all its agents together; at least 0. */
    int capacity(int agent);

    /** Tasks in a group; at least 0. */
    int demand(int task);

    /** How well the agents of a group do the tasks of a group, in millionths from 0 to {@link #ONE}, or {@link #FORBIDDEN}. */
    int score(int agent, int task);

    /** Is told of pairs. */
    @FunctionalInterface
    interface PairConsumer {
        void accept(int agent, int score);
    }

    /**
     * Tells all pairs of a task that are allowed, in ascending order of agents. A problem with few of them should tell them without
     * asking for the score of each: nothing else that solvers and checks do takes the time of all pairs.
     */
    default void forEachAllowed(int task, PairConsumer pairs) {
        for (int agent = 0; agent < agents(); agent++) {
            int score = score(agent, task);
            if (score != FORBIDDEN) {
                pairs.accept(agent, score);
            }
        }
    }
}
