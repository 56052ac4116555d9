package io.murmuration.summary;

import java.io.Serializable;
import java.util.Comparator;

/** An agent and the sum of its free energies in nats: the highest first, equal ones by their names. */
record TopAgent(String agent, long rows, double freeEnergy) implements Comparable<TopAgent>, Serializable {
    private static final Comparator<TopAgent> ORDER = Comparator.comparingDouble(TopAgent::freeEnergy)
            .reversed()
            .thenComparing(TopAgent::agent)
            .thenComparingLong(TopAgent::rows);

    @Override
    public int compareTo(TopAgent other) {
        return ORDER.compare(this, other);
    }
}
