package io.murmuration.orchestration.matching;

import java.io.Serializable;

/**
 * How near to the optimum a matching comes, and at what price.
 *
 * @param shortlist agents of a task's first shortlist, at least 1
 * @param epsilon what a bid is above what would be enough, and with it how far a task may be from the best, in millionths; at
 *     least 1
 * @param patience bids of a task after which its ε doubles, and again after as many, up to {@value #DOUBLINGS} times: where too
 *     many tasks compete for the same agents, prices have a long way to go; at least 1
 */
public record Effort(int shortlist, long epsilon, int patience) implements Serializable {
    private static final long serialVersionUID = 1L;
    static final int DOUBLINGS = 9;
    /** To a hundred-thousandth of the best score, and where tasks bid by the thousand, to half a hundredth. */
    public static final Effort STANDARD = new Effort(16, 10, 256);

    /** @throws IllegalArgumentException if a number is below 1 */
    public Effort {
        if (shortlist < 1 || epsilon < 1 || patience < 1) {
            throw new IllegalArgumentException("a matching's effort is shortlists of " + shortlist + ", an epsilon of "
                    + epsilon + " and a patience of " + patience + ", expected at least 1 of each");
        }
    }

    /** ε of a task that has bid so often. */
    long epsilon(long bids) {
        return epsilon << Math.min(DOUBLINGS, bids / patience);
    }
}
