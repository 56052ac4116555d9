package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.AssignmentProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tasks are matched if the first of the queue is, provided that it can be, then the next that can be together with it, and
 * so on. Each is matched along a path on which others change their agents (Berge 1957). Where there is none, whatever was reached
 * is full of tasks that could go nowhere else, and is never looked at again: all failures together take the time of all pairs.
 */
final class FirstTasks {
    private final AssignmentProblem problem;
    private final int[][] allowed;
    private final int[] room;
    private final List<Map<Integer, Integer>> held = new ArrayList<>();
    private final BitSet fullForGood = new BitSet();
    private final BitSet hopeless = new BitSet();

    private FirstTasks(AssignmentProblem problem) {
        this.problem = problem;
        allowed = new int[problem.tasks()][];
        room = new int[problem.agents()];
        Arrays.setAll(room, problem::capacity);
        for (int agent = 0; agent < room.length; agent++) {
            held.add(new HashMap<>());
        }
    }

    /** How many tasks of each kind are matched. */
    static int[] of(AssignmentProblem problem, int[] queue) {
        FirstTasks search = new FirstTasks(problem);
        int[] matched = new int[problem.tasks()];
        long left = Arrays.stream(search.room).asLongStream().sum();
        for (int i = 0; i < queue.length && left > 0; i++) {
            if (search.match(queue[i])) {
                matched[queue[i]]++;
                left--;
            }
        }
        return matched;
    }

    private boolean match(int kind) {
        if (hopeless.get(kind)) {
            return false;
        }
        Map<Integer, Integer> kindAt = new HashMap<>();
        Map<Integer, Integer> agentOf = new HashMap<>();
        BitSet seen = new BitSet();
        Deque<Integer> next = new ArrayDeque<>();
        seen.set(kind);
        next.add(kind);
        while (!next.isEmpty()) {
            int mover = next.remove();
            for (int agent : allowed(mover)) {
                if (fullForGood.get(agent) || kindAt.putIfAbsent(agent, mover) != null) {
                    continue;
                }
                if (room[agent] > 0) {
                    room[agent]--;
                    shift(agent, kind, kindAt, agentOf);
                    return true;
                }
                for (int other : held.get(agent).keySet()) {
                    if (!seen.get(other)) {
                        seen.set(other);
                        agentOf.put(other, agent);
                        next.add(other);
                    }
                }
            }
        }
        kindAt.keySet().forEach(fullForGood::set);
        hopeless.or(seen);
        return false;
    }

    /** Along the path, from the agent that has room back to the task that is new: each moves to the place that the next has left. */
    private void shift(int last, int kind, Map<Integer, Integer> kindAt, Map<Integer, Integer> agentOf) {
        int agent = last;
        int mover = kindAt.get(agent);
        held.get(agent).merge(mover, 1, Integer::sum);
        while (mover != kind) {
            agent = agentOf.get(mover);
            held.get(agent).computeIfPresent(mover, (key, count) -> count == 1 ? null : count - 1);
            mover = kindAt.get(agent);
            held.get(agent).merge(mover, 1, Integer::sum);
        }
    }

    private int[] allowed(int kind) {
        if (allowed[kind] == null) {
            List<Integer> agents = new ArrayList<>();
            problem.forEachAllowed(kind, (agent, score) -> {
                if (problem.capacity(agent) > 0) {
                    agents.add(agent);
                }
            });
            allowed[kind] = agents.stream().mapToInt(Integer::intValue).toArray();
        }
        return allowed[kind];
    }
}
