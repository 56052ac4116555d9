package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.Requirement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Why a task has no agent, as agents stand, in one sentence. */
final class Waiting {
    /** Agents that are told by name; of more, the number is. */
    private static final int NAMED = 3;

    private Waiting() {}

    static String sentence(TaskKind kind, Collection<RegisteredAgent> agents) {
        if (kind.agent().isPresent()) {
            String id = kind.agent().get();
            Optional<RegisteredAgent> own =
                    agents.stream().filter(agent -> agent.id().equals(id)).findFirst();
            if (own.isEmpty()) {
                return "waits for agent '" + id + "', which is not registered";
            }
            return sentence(kind, List.of(own.get()), "agent '" + id + "', which it is for, does not have");
        }
        if (agents.isEmpty()) {
            return "waits: no agent is registered";
        }
        return sentence(kind, agents, "none of " + agents.size() + " registered agents has");
    }

    private static String sentence(TaskKind kind, Collection<RegisteredAgent> agents, String nobodyHas) {
        List<RegisteredAgent> allowed = agents.stream()
                .filter(agent -> kind.requirements().allow(agent.profile.capabilities()))
                .toList();
        if (allowed.isEmpty()) {
            return "waits: " + nobodyHas + " " + unmet(kind, agents);
        }
        List<RegisteredAgent> free =
                allowed.stream().filter(agent -> agent.room() > 0).toList();
        return free.isEmpty()
                ? "waits: " + names(allowed) + " may have it, but without room now"
                : "waits for the next round: " + names(free) + " may have it";
    }

    /** What nobody meets; or everything, where it is too much only for any one of them. */
    private static String unmet(TaskKind kind, Collection<RegisteredAgent> agents) {
        List<Requirement> required =
                kind.requirements().all().stream().filter(Requirement::required).toList();
        Predicate<Requirement> metBySome =
                requirement -> agents.stream().anyMatch(agent -> requirement.isMetBy(agent.profile.capabilities()));
        List<Requirement> metByNone =
                required.stream().filter(metBySome.negate()).toList();
        return metByNone.isEmpty() ? join(required) + " at once" : join(metByNone);
    }

    private static String join(List<Requirement> requirements) {
        return requirements.stream().map(Waiting::sign).collect(Collectors.joining(" and "));
    }

    private static String sign(Requirement requirement) {
        if (requirement instanceof Requirement.AtLeast number) {
            return number.name() + " >= " + number.atLeast();
        }
        Requirement.Is category = (Requirement.Is) requirement;
        return category.name() + " = " + category.category();
    }

    private static String names(List<RegisteredAgent> agents) {
        return agents.size() > NAMED
                ? agents.size() + " agents"
                : agents.stream().map(agent -> "agent '" + agent.id() + "'").collect(Collectors.joining(", "));
    }
}
