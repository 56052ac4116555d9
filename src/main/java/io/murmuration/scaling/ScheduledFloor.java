package io.murmuration.scaling;

/** Raises the number to the floor of a schedule that holds at the time. */
record ScheduledFloor(Schedule schedule) implements Stage {
    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        return schedule.holds(tick.at())
                ? proposal.atLeast(
                        schedule.minInstances(),
                        "at least " + schedule.minInstances() + " instances (" + schedule.owner() + ", from "
                                + schedule.from() + " to " + schedule.to() + " " + schedule.zone() + ")")
                : proposal;
    }
}
