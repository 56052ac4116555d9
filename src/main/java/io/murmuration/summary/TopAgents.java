package io.murmuration.summary;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The agents of the highest total free energy: those whom their model explains least. */
final class TopAgents implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int KEPT = 20;

    /** An agent and the sum of its free energies in nats. */
    record Agent(String agent, long rows, double freeEnergy) implements Serializable {}

    private static final Comparator<Agent> ORDER =
            (Comparator<Agent> & Serializable) (a, b) -> a.freeEnergy() != b.freeEnergy()
                    ? Double.compare(b.freeEnergy(), a.freeEnergy())
                    : a.agent().compareTo(b.agent());

    private final TreeSet<Agent> agents = new TreeSet<>(ORDER);

    void add(Agent agent) {
        if (agents.size() < KEPT || ORDER.compare(agent, agents.last()) < 0) {
            agents.add(agent);
            if (agents.size() > KEPT) {
                agents.pollLast();
            }
        }
    }

    void merge(TopAgents other) {
        addAll(other.agents);
    }

    private void addAll(Collection<Agent> others) {
        others.forEach(this::add);
    }

    List<Agent> list() {
        return new ArrayList<>(agents);
    }
}
