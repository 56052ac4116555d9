package io.murmuration.orchestration;

import io.murmuration.orchestration.OrchestrationEvent.AgentDeparted;
import io.murmuration.orchestration.OrchestrationEvent.AgentRegistered;
import io.murmuration.orchestration.assignment.Requirements;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who is registered, until when those are taken to be there that have to be heard from, and who departed last. Not safe for use by
 * several threads.
 */
final class AgentRegistry {
    /** How many departed agents are kept to be shown. */
    private static final int KEPT = 100;

    private final OrchestratorSettings settings;
    private final Consumer<OrchestrationEvent> events;
    private final NavigableMap<String, RegisteredAgent> agents = new TreeMap<>();
    private final Alarms<String> leases = new Alarms<>();
    private final Deque<AgentView> departed = new ArrayDeque<>();

    AgentRegistry(OrchestratorSettings settings, Consumer<OrchestrationEvent> events) {
        this.settings = settings;
        this.events = events;
    }

    /** Registers an agent whose id is not in use. */
    void register(AgentProfile profile, Instant now) {
        RegisteredAgent agent = new RegisteredAgent(profile, now);
        agents.put(profile.id(), agent);
        heard(agent, now);
        events.accept(new AgentRegistered(now, profile.id(), profile.limit()));
    }

    /** An agent shows that it is there. */
    void heard(RegisteredAgent agent, Instant now) {
        agent.lastHeard = now;
        if (!agent.isCalled()) {
            leases.set(agent.id(), now.plus(settings.lease()));
        }
    }

    /** Takes an agent off the register, which has no tasks any more. */
    void depart(RegisteredAgent agent, AgentStanding standing, String reason, Instant now) {
        agents.remove(agent.id());
        leases.clear(agent.id());
        if (departed.size() == KEPT) {
            departed.removeFirst();
        }
        departed.addLast(agent.view(standing, Optional.empty(), reason));
        events.accept(new AgentDeparted(now, agent.id(), standing, reason));
    }

    Optional<RegisteredAgent> find(String id) {
        return Optional.ofNullable(agents.get(id));
    }

    /** @throws IllegalArgumentException if no such agent is registered */
    RegisteredAgent get(String id) {
        return find(id).orElseThrow(() -> {
            String note = departed.stream()
                    .filter(view -> view.id().equals(id))
                    .reduce((earlier, later) -> later)
                    .map(view -> " (any more: " + view.note() + ")")
                    .orElse("");
            return new IllegalArgumentException(
                    "agent '" + id + "' is not registered" + note + ", expected one that is");
        });
    }

    /** Those that are registered, in the order of ids. */
    Collection<RegisteredAgent> all() {
        return Collections.unmodifiableCollection(agents.values());
    }

    /** Agents that were not heard from for too long. */
    List<RegisteredAgent> silent(Instant now) {
        return leases.due(now).stream().map(agents::get).toList();
    }

    Optional<Instant> nextDue() {
        return leases.first();
    }

    boolean hasRoom() {
        return agents.values().stream().anyMatch(agent -> agent.room() > 0);
    }

    AgentView view(RegisteredAgent agent) {
        return agent.view(agent.standing(), leases.at(agent.id()), "");
    }

    /** Those that are registered, then the last that departed. */
    List<AgentView> views() {
        List<AgentView> views = new ArrayList<>();
        agents.values().forEach(agent -> views.add(view(agent)));
        views.addAll(departed);
        return views;
    }

    /** Those that may do what is required, the best first. */
    List<AgentMatch> find(Requirements requirements) {
        return agents.values().stream()
                .filter(agent -> requirements.allow(agent.profile.capabilities()))
                .map(agent -> new AgentMatch(view(agent), requirements.score(agent.profile.capabilities())))
                .sorted(Comparator.comparingDouble(AgentMatch::score).reversed())
                .toList();
    }
}
