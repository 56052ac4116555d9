package io.murmuration.orchestration.assignment;

import java.util.Comparator;
import java.util.List;

/**
 * Which agents have which tasks.
 *
 * @param matches each pair once, in the order of tasks, then of agents
 */
public record Assignment(List<Match> matches) {
    /**
     * Tasks of one group that agents of one group have.
     *
     * @param agent number of the group of agents
     * @param task number of the group of tasks
     * @param count how many tasks, at least 1
     */
    public record Match(int agent, int task, int count) {
        /** @throws IllegalArgumentException if it is of no tasks */
        public Match {
            if (count < 1) {
                throw new IllegalArgumentException("a match of agent " + agent + " and task " + task + " is of " + count
                        + " tasks, expected at least 1");
            }
        }
    }

    /** @throws IllegalArgumentException if a pair comes twice */
    public Assignment {
        matches = matches.stream()
                .sorted(Comparator.comparingInt(Match::task).thenComparingInt(Match::agent))
                .toList();
        for (int i = 1; i < matches.size(); i++) {
            Match match = matches.get(i);
            Match before = matches.get(i - 1);
            if (match.agent() == before.agent() && match.task() == before.task()) {
                throw new IllegalArgumentException("agent " + match.agent() + " and task " + match.task()
                        + " are matched twice, expected one match with the number of tasks");
            }
        }
    }

    /** How many tasks have an agent. */
    public long matched() {
        return matches.stream().mapToLong(Match::count).sum();
    }

    /**
     * The sum of the scores of all matched tasks, in millionths.
     *
     * @param problem the one that this is an assignment of
     */
    public long score(AssignmentProblem problem) {
        return matches.stream()
                .mapToLong(match -> (long) match.count() * problem.score(match.agent(), match.task()))
                .sum();
    }

    /** How many tasks of each group have an agent. */
    long[] perTask(int tasks) {
        long[] counts = new long[tasks];
        matches.forEach(match -> counts[match.task()] += match.count());
        return counts;
    }

    /** How many tasks each group of agents has. */
    long[] perAgent(int agents) {
        long[] counts = new long[agents];
        matches.forEach(match -> counts[match.agent()] += match.count());
        return counts;
    }
}
