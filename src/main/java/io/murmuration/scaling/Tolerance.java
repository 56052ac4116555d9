package io.murmuration.scaling;

/**
 * Leaves the number as it is where the wish is near enough to it: |wish / present − 1| at most the tolerance (Kubernetes
 * has 0.1).
 *
 * @param share from 0
 */
record Tolerance(double share) implements Stage {
    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        double change = Math.abs(proposal.instances() - (double) tick.present());
        return change == 0 || change > share * tick.present()
                ? proposal
                : proposal.altered(
                        tick.present(),
                        proposal.instances() + " is within the tolerance of " + Metric.Unit.PERCENT.text(100 * share)
                                + " around " + tick.present());
    }
}
