package io.murmuration.stream.dstream;

import io.murmuration.stream.agent.AgentEntry;
import io.murmuration.stream.agent.AgentStore;
import java.util.HashMap;
import java.util.Optional;

/**
 * Agents of a state partition, in a map of its own: Spark keeps the one of the micro-batch before, from which a task that is
 * tried again begins.
 *
 * @param agents an entry's bytes an agent
 */
record AgentSnapshot(HashMap<String, byte[]> agents) implements AgentStore {

    /** A snapshot that may be changed. */
    static AgentSnapshot copyOf(HashMap<String, byte[]> before) {
        return new AgentSnapshot(new HashMap<>(before));
    }

    @Override
    public Optional<AgentEntry> get(String key) {
        return Optional.ofNullable(agents.get(key)).map(AgentEntry::decode);
    }

    @Override
    public void put(String key, AgentEntry entry) {
        agents.put(key, entry.encode());
    }

    @Override
    public void remove(String key) {
        agents.remove(key);
    }
}
