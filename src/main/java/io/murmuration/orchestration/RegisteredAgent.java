package io.murmuration.orchestration;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** An agent, from its registration until it leaves: one that is registered again is another one. */
final class RegisteredAgent {
    final AgentProfile profile;
    final Instant registered;
    /** Tasks that it has, as they were assigned. */
    final Set<Long> tasks = new LinkedHashSet<>();
    /** Those of them that it has not fetched yet. */
    final Deque<Long> mailbox = new ArrayDeque<>();
    /** Attempts that are over, and whose calls have not come back yet. */
    final Set<Attempt> lingering = new HashSet<>();

    Instant lastHeard;
    long completed;
    long failed;

    RegisteredAgent(AgentProfile profile, Instant now) {
        this.profile = profile;
        registered = now;
        lastHeard = now;
    }

    String id() {
        return profile.id();
    }

    boolean isCalled() {
        return profile.acting().isPresent();
    }

    int room() {
        return profile.limit() - tasks.size() - lingering.size();
    }

    AgentStanding standing() {
        if (room() <= 0) {
            return AgentStanding.FULL;
        }
        return tasks.isEmpty() ? AgentStanding.IDLE : AgentStanding.BUSY;
    }

    AgentView view(AgentStanding standing, Optional<Instant> lease, String note) {
        return new AgentView(
                id(),
                profile.capabilities(),
                profile.limit(),
                isCalled(),
                standing,
                registered,
                lastHeard,
                lease,
                new ArrayList<>(tasks),
                lingering.size(),
                completed,
                failed,
                note);
    }
}
