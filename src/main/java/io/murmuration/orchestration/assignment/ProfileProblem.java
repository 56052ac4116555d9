package io.murmuration.orchestration.assignment;

import java.util.List;

/**
 * Agents by their capabilities and tasks by their requirements: a pair's score is that of {@link Requirements#score}, rounded
 * to a millionth, and computed on demand; a pair is forbidden where the agents lack what is required.
 */
public record ProfileProblem(List<AgentGroup> agentGroups, List<TaskGroup> taskGroups) implements AssignmentProblem {
    public ProfileProblem {
        agentGroups = List.copyOf(agentGroups);
        taskGroups = List.copyOf(taskGroups);
    }

    @Override
    public int agents() {
        return agentGroups.size();
    }

    @Override
    public int tasks() {
        return taskGroups.size();
    }

    @Override
    public int capacity(int agent) {
        AgentGroup group = agentGroups.get(agent);
        return group.count() * group.capacity();
    }

    @Override
    public int demand(int task) {
        return taskGroups.get(task).count();
    }

    @Override
    public int score(int agent, int task) {
        Requirements requirements = taskGroups.get(task).requirements();
        Capabilities capabilities = agentGroups.get(agent).capabilities();
        return requirements.allow(capabilities) ? (int) Math.round(requirements.score(capabilities) * ONE) : FORBIDDEN;
    }
}
