package io.murmuration.stream.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a micro-batch brings to a state partition, and what of that and of the rows held there is due.
 *
 * @param arrived rows that came
 * @param due rows that are to be inferred, in the order of model, agent and time
 * @param late those of them that came too late, whatever their agents have seen
 * @param heldMore how many more rows wait than before
 */
public record Intake(List<KeyedRow> arrived, List<KeyedRow> due, Set<KeyedRow> late, long heldMore) {

    public Intake {
        due = new ArrayList<>(due);
        due.sort(KeyedRow.ORDER);
    }

    /** All that came is due. */
    public static Intake of(List<KeyedRow> arrived) {
        return new Intake(arrived, arrived, Set.of(), 0);
    }

    /** @param millis the clock of the machine */
    public ArrivalTimes arrivals(long millis) {
        ArrivalTimes arrivals = new ArrivalTimes(millis);
        due.forEach(row -> row.arrived().ifPresent(arrivals::add));
        arrived.forEach(row -> row.arrived().ifPresent(arrivals::taken));
        return arrivals;
    }
}
