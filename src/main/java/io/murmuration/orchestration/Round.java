package io.murmuration.orchestration;

import io.murmuration.orchestration.AssignmentRule.Proof;
import io.murmuration.orchestration.AssignmentRule.Proposal;
import io.murmuration.orchestration.assignment.Certificate.Verdict;
import io.murmuration.orchestration.assignment.Shortage;
import java.time.Instant;
import java.util.Optional;

/**
 * A round of assignment, with all that it takes to check it.
 *
 * @param number from 1 on
 * @param rule name of the rule
 * @param problem all agents, and all tasks that were queued
 * @param proposal what the rule made of it
 * @param stale matches that could not be had any more when the rule was done, since agents or tasks were gone or taken
 */
public record Round(long number, Instant at, String rule, RoundProblem problem, Proposal proposal, long stale) {
    /** What the proof says of the assignment; empty if the rule gives none. */
    public Optional<Verdict> verdict() {
        return proposal.proof().map(this::verdict);
    }

    private Verdict verdict(Proof proof) {
        return proof.certificate().check(proof.problem(), proposal.assignment());
    }

    /**
     * Why tasks stayed without an agent: tasks that only these agents may have, who together have less room.
     *
     * @return empty if all tasks were matched
     * @throws IllegalArgumentException if more tasks could have been matched, which the greedy rule may leave
     */
    public Optional<Shortage> shortage() {
        return Shortage.of(problem, proposal.assignment());
    }
}
