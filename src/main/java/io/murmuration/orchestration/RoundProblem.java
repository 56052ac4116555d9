package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.AgentGroup;
import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.ProfileProblem;
import io.murmuration.orchestration.assignment.TaskGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * What a round has to decide: all agents with the room that they have, and the tasks that are queued, a group a kind. A pinned
 * task may go to its agent alone; all else is as capabilities and requirements say.
 *
 * @param ids of the agents, in the order of the profiles
 * @param kinds of tasks, in the order of the profiles
 */
public record RoundProblem(List<String> ids, List<TaskKind> kinds, ProfileProblem profiles)
        implements AssignmentProblem {
    public RoundProblem {
        ids = List.copyOf(ids);
        kinds = List.copyOf(kinds);
    }

    /** The same with other numbers of tasks, by kind. */
    RoundProblem withDemands(int[] demands) {
        List<TaskGroup> groups = new ArrayList<>();
        for (int kind = 0; kind < demands.length; kind++) {
            groups.add(new TaskGroup(kinds.get(kind).requirements(), demands[kind]));
        }
        return new RoundProblem(ids, kinds, new ProfileProblem(profiles.agentGroups(), groups));
    }

    /** The same with other rooms, by agent. */
    RoundProblem withRooms(int[] rooms) {
        List<AgentGroup> groups = new ArrayList<>();
        for (int agent = 0; agent < rooms.length; agent++) {
            groups.add(AgentGroup.single(profiles.agentGroups().get(agent).capabilities(), rooms[agent]));
        }
        return new RoundProblem(ids, kinds, new ProfileProblem(groups, profiles.taskGroups()));
    }

    @Override
    public int agents() {
        return profiles.agents();
    }

    @Override
    public int tasks() {
        return profiles.tasks();
    }

    @Override
    public int capacity(int agent) {
        return profiles.capacity(agent);
    }

    @Override
    public int demand(int task) {
        return profiles.demand(task);
    }

    @Override
    public int score(int agent, int task) {
        TaskKind kind = kinds.get(task);
        return kind.agent().isEmpty() || kind.agent().get().equals(ids.get(agent))
                ? profiles.score(agent, task)
                : FORBIDDEN;
    }
}
