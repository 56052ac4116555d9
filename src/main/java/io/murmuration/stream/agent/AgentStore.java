package io.murmuration.stream.agent;

import java.util.Optional;

/** Keeps an entry an agent, of the agents of a state partition. */
public interface AgentStore {
    /** Where an agent stands; empty if it is new. */
    Optional<AgentEntry> get(String key);

    void put(String key, AgentEntry entry);

    void remove(String key);
}
