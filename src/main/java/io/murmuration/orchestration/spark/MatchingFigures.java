package io.murmuration.orchestration.spark;

/**
 * What a matching came to.
 *
 * @param agentGroups groups of agents that take tasks
 * @param taskGroups groups of tasks
 * @param places tasks that all agents take together
 * @param tasks all that there are
 * @param matched tasks that have an agent; no assignment matches more
 * @param withoutAgent tasks that no agent may have
 * @param shortOfAgents other tasks that are unmatched: too many for those who may have them
 * @param score the sum of the scores of all matched tasks, from 0 to 1 each
 * @param bound no assignment that matches as many tasks has a higher sum
 * @param bonus of a matched task in the certificate, in scores
 * @param exact whether the problem was small enough to be solved exactly
 * @param forbiddenShare of pairs of groups, as estimated by some of them
 * @param bids of the auction
 * @param rounds how often shortlists were made
 * @param listed how many
 */
public record MatchingFigures(
        int agentGroups,
        int taskGroups,
        long places,
        long tasks,
        long matched,
        long withoutAgent,
        long shortOfAgents,
        double score,
        double bound,
        double bonus,
        boolean exact,
        double forbiddenShare,
        long bids,
        int rounds,
        long listed) {
    /** The score as a share of what the prices prove possible; 1 where nothing is. */
    public double share() {
        return bound > 0 ? score / bound : 1;
    }
}
