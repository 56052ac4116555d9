package io.murmuration.summary;

import java.io.Serializable;
import java.util.Comparator;

/** A row and its free energy in nats: the highest first, equal ones by agent and time. */
record TopRow(String agent, long t, double freeEnergy) implements Comparable<TopRow>, Serializable {
    private static final Comparator<TopRow> ORDER = Comparator.comparingDouble(TopRow::freeEnergy)
            .reversed()
            .thenComparing(TopRow::agent)
            .thenComparingLong(TopRow::t);

    @Override
    public int compareTo(TopRow other) {
        return ORDER.compare(this, other);
    }
}
