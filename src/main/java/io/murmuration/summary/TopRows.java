package io.murmuration.summary;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/** The single rows of the highest free energy: when something happened that their model did not expect. */
public final class TopRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private Top<TopRow> rows = new Top<>();

    /** A row: the highest free energy first, equal ones by agent and time. */
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

    /** Adds a row: a finite free energy in nats. */
    public void add(String agent, long t, double freeEnergy) {
        if (mayHold(freeEnergy)) {
            rows.add(new TopRow(agent, t, freeEnergy));
        }
    }

    /** Whether a row of a free energy can be among those that are kept: nearly none is. */
    boolean mayHold(double freeEnergy) {
        return !rows.full() || freeEnergy >= rows.last().freeEnergy();
    }

    /** Forgets all rows. */
    public void clear() {
        rows = new Top<>();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void merge(TopRows other) {
        rows.merge(other.rows);
    }

    List<TopRow> list() {
        return rows.list();
    }
}
