package io.murmuration.orchestration.spark;

import io.murmuration.orchestration.matching.Effort;

/**
 * How a matching is to be found.
 *
 * @param exactPairs problems of at most as many pairs of groups are solved exactly, on the driver
 * @param effort of larger ones
 */
public record MatchingSettings(long exactPairs, Effort effort) {
    /** 2,000 groups on both sides are exact. */
    public static final MatchingSettings STANDARD = new MatchingSettings(4_000_000, Effort.STANDARD);
}
