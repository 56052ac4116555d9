package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.Assignment;
import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.Certificate;
import java.util.Optional;

/** Who gets which task. Pure: the same problem, the same proposal. */
public interface AssignmentRule {
    /**
     * The tasks that come first are matched, as many as can be, and among those assignments that with the highest sum of scores;
     * with a proof.
     */
    AssignmentRule OPTIMAL = new OptimalRule();

    /** One task after the other has the best agent that has room. Quicker; may match fewer tasks, and worse. */
    AssignmentRule GREEDY = new GreedyRule();

    /** For people. */
    String name();

    /**
     * Decides a round.
     *
     * @param queue the kinds of the tasks in the order of the queue, those of highest priority first; of a kind with more tasks
     *     than all agents have room for, the first ones alone
     */
    Proposal propose(RoundProblem problem, int[] queue);

    /**
     * What a rule proposes.
     *
     * @param assignment of the problem; of a kind of which not all tasks are matched, those that come first are
     */
    record Proposal(Assignment assignment, Optional<Proof> proof) {}

    /**
     * That there is no better one.
     *
     * @param problem of the tasks that are matched, who are the first of the queue that can be matched together
     */
    record Proof(AssignmentProblem problem, Certificate certificate) {}
}
