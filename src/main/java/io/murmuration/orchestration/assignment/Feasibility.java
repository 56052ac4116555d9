package io.murmuration.orchestration.assignment;

import io.murmuration.orchestration.assignment.Assignment.Match;
import java.util.Optional;

/** Whether an assignment can be had at all: no pair forbidden, no capacity exceeded, no task twice. */
final class Feasibility {
    private Feasibility() {}

    /** The first thing that is wrong, in one sentence. */
    static Optional<String> fault(AssignmentProblem problem, Assignment assignment) {
        for (Match match : assignment.matches()) {
            if (!has(problem.agents(), match.agent()) || !has(problem.tasks(), match.task())) {
                return Optional.of(
                        "agent " + match.agent() + " and task " + match.task() + " are matched, but there are "
                                + problem.agents() + " agents and " + problem.tasks() + " tasks");
            }
            if (problem.score(match.agent(), match.task()) == AssignmentProblem.FORBIDDEN) {
                return Optional.of(
                        "agent " + match.agent() + " and task " + match.task() + " are matched, but forbidden");
            }
        }
        long[] used = assignment.perAgent(problem.agents());
        for (int agent = 0; agent < used.length; agent++) {
            if (used[agent] > problem.capacity(agent)) {
                return Optional.of("agent " + agent + " has " + used[agent] + " tasks and a capacity of "
                        + problem.capacity(agent));
            }
        }
        long[] matched = assignment.perTask(problem.tasks());
        for (int task = 0; task < matched.length; task++) {
            if (matched[task] > problem.demand(task)) {
                return Optional.of("task " + task + " is matched " + matched[task] + " times, but there are "
                        + problem.demand(task));
            }
        }
        return Optional.empty();
    }

    private static boolean has(int count, int number) {
        return number >= 0 && number < count;
    }
}
