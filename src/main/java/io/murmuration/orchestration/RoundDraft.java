package io.murmuration.orchestration;

import io.murmuration.orchestration.AssignmentRule.Proposal;
import io.murmuration.orchestration.assignment.AgentGroup;
import io.murmuration.orchestration.assignment.Assignment.Match;
import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.ProfileProblem;
import io.murmuration.orchestration.assignment.TaskGroup;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A round before it is decided: agents and tasks as they stood. It can be solved while they go on changing.
 *
 * @param agents in the order of the problem
 * @param tasks in the order of the queue; of each kind no more than all agents have room for
 * @param kinds of these tasks, as numbers in the problem
 */
record RoundDraft(
        long number, Instant at, RoundProblem problem, List<RegisteredAgent> agents, List<Task> tasks, int[] kinds) {
    /** @param queuedKinds how many tasks of each kind are queued, at least one task in all */
    static RoundDraft of(
            long number,
            Instant at,
            Collection<RegisteredAgent> registered,
            Collection<Task> queue,
            Map<TaskKind, Integer> queuedKinds) {
        List<RegisteredAgent> agents = List.copyOf(registered);
        List<AgentGroup> rooms = new ArrayList<>();
        long room = 0;
        for (RegisteredAgent agent : agents) {
            rooms.add(AgentGroup.single(agent.profile.capabilities(), Math.max(0, agent.room())));
            room += Math.max(0, agent.room());
        }
        Map<TaskKind, Integer> numbers = new LinkedHashMap<>();
        List<TaskGroup> groups = new ArrayList<>();
        queuedKinds.forEach((kind, count) -> {
            numbers.put(kind, numbers.size());
            groups.add(new TaskGroup(kind.requirements(), count));
        });
        int[] open = new int[groups.size()];
        long left = 0;
        for (int kind = 0; kind < open.length; kind++) {
            open[kind] = (int) Math.min(room, groups.get(kind).count());
            left += open[kind];
        }
        List<Task> tasks = new ArrayList<>();
        List<Integer> kinds = new ArrayList<>();
        for (Task task : queue) {
            if (left == 0) {
                break;
            }
            int kind = numbers.get(task.kind);
            if (open[kind] > 0) {
                open[kind]--;
                left--;
                tasks.add(task);
                kinds.add(kind);
            }
        }
        RoundProblem problem = new RoundProblem(
                agents.stream().map(RegisteredAgent::id).toList(),
                List.copyOf(numbers.keySet()),
                new ProfileProblem(rooms, groups));
        return new RoundDraft(
                number,
                at,
                problem,
                agents,
                tasks,
                kinds.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Pairs of agents and kinds. */
    long pairs() {
        return (long) problem.agents() * problem.tasks();
    }

    /**
     * Reads nothing that changes.
     *
     * @throws IllegalStateException if the rule matches a pair that is forbidden
     */
    Solved solve(AssignmentRule rule) {
        Proposal proposal = rule.propose(problem, kinds);
        List<String> reasons = new ArrayList<>();
        for (Match match : proposal.assignment().matches()) {
            reasons.add(reason(rule, proposal, match));
        }
        return new Solved(this, proposal, reasons);
    }

    private String reason(AssignmentRule rule, Proposal proposal, Match match) {
        int score = problem.score(match.agent(), match.task());
        if (score == AssignmentProblem.FORBIDDEN) {
            throw new IllegalStateException("the rule '" + rule.name() + "' gives a task to agent '"
                    + problem.ids().get(match.agent()) + "', which must not have it");
        }
        StringBuilder reason = new StringBuilder()
                .append("assigned to agent '")
                .append(problem.ids().get(match.agent()))
                .append("' in round ")
                .append(number)
                .append(" (")
                .append(rule.name())
                .append("), score ")
                .append(decimal(score));
        proposal.proof().ifPresent(proof -> reason.append(", of which its place costs ")
                .append(decimal(proof.certificate().prices()[match.agent()])));
        List<String> better = new ArrayList<>();
        problem.forEachAllowed(match.task(), (agent, other) -> {
            if (other > score) {
                better.add("agent '" + problem.ids().get(agent) + "' (" + decimal(other) + ")");
            }
        });
        if (!better.isEmpty()) {
            reason.append("; better, but without room left: ").append(better.get(0));
            if (better.size() > 1) {
                reason.append(" and ").append(better.size() - 1).append(" more");
            }
        }
        return reason.toString();
    }

    private static String decimal(long millionths) {
        return BigDecimal.valueOf(millionths, 6).stripTrailingZeros().toPlainString();
    }

    /**
     * A round that is decided, of agents and tasks as they stood.
     *
     * @param reasons one a match of the proposal
     */
    record Solved(RoundDraft draft, Proposal proposal, List<String> reasons) {}
}
