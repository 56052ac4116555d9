package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.Assignment;
import io.murmuration.orchestration.assignment.Assignment.Match;
import io.murmuration.orchestration.assignment.AssignmentProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * In the order of the queue, each task has the agent that does it best among those with room, of equal ones that with most room
 * left, so that load is spread. (Best pair first, as {@link io.murmuration.orchestration.assignment.GreedyAssignment} has it, would
 * let a task that suits well go before one of higher priority.)
 */
final class GreedyRule implements AssignmentRule {
    @Override
    public String name() {
        return "greedy";
    }

    @Override
    public Proposal propose(RoundProblem problem, int[] queue) {
        int[] room = new int[problem.agents()];
        Arrays.setAll(room, problem::capacity);
        boolean[] hopeless = new boolean[problem.tasks()];
        List<Map<Integer, Integer>> counts = new ArrayList<>();
        for (int kind = 0; kind < hopeless.length; kind++) {
            counts.add(new TreeMap<>());
        }
        for (int kind : queue) {
            if (!hopeless[kind]) {
                int agent = best(problem, kind, room);
                if (agent < 0) {
                    hopeless[kind] = true;
                } else {
                    room[agent]--;
                    counts.get(kind).merge(agent, 1, Integer::sum);
                }
            }
        }
        List<Match> matches = new ArrayList<>();
        for (int kind = 0; kind < hopeless.length; kind++) {
            int task = kind;
            counts.get(kind).forEach((agent, count) -> matches.add(new Match(agent, task, count)));
        }
        return new Proposal(new Assignment(matches), Optional.empty());
    }

    private static int best(AssignmentProblem problem, int kind, int[] room) {
        int best = -1;
        int bestScore = AssignmentProblem.FORBIDDEN;
        for (int agent = 0; agent < room.length; agent++) {
            if (room[agent] > 0) {
                int score = problem.score(agent, kind);
                if (score > bestScore || (best >= 0 && score == bestScore && room[agent] > room[best])) {
                    best = agent;
                    bestScore = score;
                }
            }
        }
        return best;
    }
}
