package io.murmuration.orchestration.assignment;

import io.murmuration.orchestration.assignment.Assignment.Match;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Why tasks stay without an agent: tasks that only these agents may have, who together take fewer at once. In whatever
 * assignment, as many of these tasks as are too many are not matched (Hall 1935, "On representatives of subsets"; which of them,
 * the scores decide).
 *
 * @param tasks numbers of the groups of tasks
 * @param agents numbers of all groups of agents that are allowed one of these tasks
 * @param demanded how many tasks there are in these groups
 * @param capacity how many tasks these agents take at once; less than is demanded
 */
public record Shortage(BitSet tasks, BitSet agents, long demanded, long capacity) {
    /** How many of these tasks stay unmatched in any assignment; above 0. */
    public long unmatched() {
        return demanded - capacity;
    }

    /**
     * The shortage of an assignment that matches as many tasks as can be: {@link #unmatched} are all that it leaves.
     *
     * @return empty if all tasks are matched
     * @throws IllegalArgumentException if the assignment cannot be had, or one could be that matches more tasks
     */
    public static Optional<Shortage> of(AssignmentProblem problem, Assignment assignment) {
        Feasibility.fault(problem, assignment).ifPresent(fault -> {
            throw new IllegalArgumentException("a shortage is asked for of an assignment that cannot be had: " + fault);
        });
        Search search = new Search(problem, assignment);
        search.run();
        if (search.tasks.isEmpty()) {
            return Optional.empty();
        }
        long demanded = search.tasks.stream().mapToLong(problem::demand).sum();
        long capacity = search.agents.stream().mapToLong(problem::capacity).sum();
        return Optional.of(new Shortage(search.tasks, search.agents, demanded, capacity));
    }

    /**
     * What is wrong with it as a proof, in one sentence; checked by nothing but the problem.
     *
     * @return empty if it proves that {@link #unmatched} of the tasks stay so
     */
    public Optional<String> fault(AssignmentProblem problem) {
        if (tasks.length() > problem.tasks() || agents.length() > problem.agents()) {
            return Optional.of("a shortage is of task " + (tasks.length() - 1) + " and agent " + (agents.length() - 1)
                    + ", but there are " + problem.tasks() + " tasks and " + problem.agents() + " agents");
        }
        for (int task : tasks.stream().toArray()) {
            BitSet others = new BitSet();
            problem.forEachAllowed(task, (agent, score) -> others.set(agent, problem.capacity(agent) > 0));
            others.andNot(agents);
            if (!others.isEmpty()) {
                return Optional.of("agent " + others.nextSetBit(0) + " may have task " + task
                        + ", but is not among those who may");
            }
        }
        long demand = tasks.stream().mapToLong(problem::demand).sum();
        long room = agents.stream().mapToLong(problem::capacity).sum();
        if (demanded != demand || capacity != room || demand <= room) {
            return Optional.of("the tasks are " + demand + " and the agents take " + room + ", told are " + demanded
                    + " and " + capacity + ", expected the same, and more tasks than agents take");
        }
        return Optional.empty();
    }

    /** From tasks that are not matched to all who may have them, and on to the tasks that those have: they could be swapped. */
    private static final class Search {
        private final AssignmentProblem problem;
        private final BitSet tasks = new BitSet();
        private final BitSet agents = new BitSet();
        private final Deque<Integer> next = new ArrayDeque<>();
        private final List<List<Integer>> tasksOf = new ArrayList<>();
        private final long[] used;
        private final long[] matched;

        Search(AssignmentProblem problem, Assignment assignment) {
            this.problem = problem;
            used = assignment.perAgent(problem.agents());
            matched = assignment.perTask(problem.tasks());
            for (int agent = 0; agent < problem.agents(); agent++) {
                tasksOf.add(new ArrayList<>());
            }
            for (Match match : assignment.matches()) {
                tasksOf.get(match.agent()).add(match.task());
            }
        }

        void run() {
            for (int task = 0; task < matched.length; task++) {
                if (matched[task] < problem.demand(task)) {
                    reach(task);
                }
            }
            while (!next.isEmpty()) {
                int task = next.remove();
                problem.forEachAllowed(task, (agent, score) -> {
                    if (!agents.get(agent) && problem.capacity(agent) > 0) {
                        visit(agent, task);
                    }
                });
            }
        }

        private void visit(int agent, int task) {
            if (used[agent] < problem.capacity(agent)) {
                throw new IllegalArgumentException(
                        "a shortage is asked for of an assignment that leaves out a task that could"
                                + " be matched: agent " + agent + " has room for task " + task
                                + ", whose agent could take another");
            }
            agents.set(agent);
            tasksOf.get(agent).forEach(this::reach);
        }

        private void reach(int task) {
            if (!tasks.get(task)) {
                tasks.set(task);
                next.add(task);
            }
        }
    }
}
