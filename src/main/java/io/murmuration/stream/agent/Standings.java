package io.murmuration.stream.agent;

import io.murmuration.inference.AgentState;
import java.util.Optional;

/** Keeps where agents stand. */
public interface Standings {
    /** What was kept of an agent's surprises before its rows; empty where nothing was. */
    byte[] surprises(int model, String agent);

    /** Takes where an agent stands after its last rows; gives where one stood that began anew since, and is no more. */
    Optional<AgentEntry> ended(int model, String agent, long time, byte[] surprises, AgentState state);
}
