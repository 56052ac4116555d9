package io.murmuration.scaling;

/** The tightest of several bounds on the number of instances, and whose they are. */
record Bounds(int min, String minOf, int max, String maxOf) {
    /** The bounds of one owner. */
    static Bounds of(int min, int max, String owner) {
        return new Bounds(min, owner, max, owner);
    }

    /**
     * These bounds and others.
     *
     * @throws IllegalArgumentException if no number is within both, naming the owners of the bounds that cross
     */
    Bounds and(int otherMin, int otherMax, String owner) {
        boolean raised = otherMin > min;
        boolean lowered = otherMax < max;
        Bounds both = new Bounds(
                raised ? otherMin : min, raised ? owner : minOf, lowered ? otherMax : max, lowered ? owner : maxOf);
        if (both.min > both.max) {
            throw new IllegalArgumentException("the bounds cross: " + both.minOf + " wants at least " + both.min
                    + " instances, " + both.maxOf + " allows at most " + both.max);
        }
        return both;
    }

    /** Brings a proposal within the bounds. */
    Proposal clip(Proposal proposal) {
        return proposal.atLeast(min, "at least " + min + " instances (" + minOf + ")")
                .atMost(max, "at most " + max + " instances (" + maxOf + ")");
    }
}
