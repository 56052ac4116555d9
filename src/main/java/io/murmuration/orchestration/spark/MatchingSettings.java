package io.murmuration.orchestration.spark;

/**
 * How hard a matching tries.
 *
 * @param exactPairs problems of at most as many pairs of groups are solved exactly, on the driver
 * @param shortlist agents of a task's first shortlist, at least 1
 * @param epsilon how far the scores of larger problems may be from the highest, a task, in millionths; at least 1
 */
public record MatchingSettings(long exactPairs, int shortlist, long epsilon) {
    /** 2,000 groups on both sides are exact, and all else to a hundred-thousandth of the best score. */
    public static final MatchingSettings STANDARD = new MatchingSettings(4_000_000, 16, 10);
}
