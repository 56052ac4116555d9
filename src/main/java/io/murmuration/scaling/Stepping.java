package io.murmuration.scaling;

/** Goes as far in a change as a step does. */
record Stepping(Step step) implements Stage {
    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        int reached = step.towards(tick.present(), proposal.instances());
        return reached == proposal.instances()
                ? proposal
                : proposal.altered(reached, "one step from " + tick.present() + " towards " + proposal.instances());
    }
}
