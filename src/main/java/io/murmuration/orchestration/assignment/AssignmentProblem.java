package io.murmuration.orchestration.assignment;

/**
 * Agents, tasks, and how well each agent does each task. Both come in groups whose members are alike: a group of agents by how
 * many tasks all of them take at once, a group of tasks by how many there are; single ones are groups too. Numbers count from
 * 0.
 *
 * <p>Implementations answer the same at every call. Scores may be computed on demand: solvers ask for each pair a few times.
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
}
