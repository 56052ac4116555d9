package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.OptimalAssignment;
import io.murmuration.orchestration.assignment.OptimalAssignment.Optimum;
import java.util.Optional;

/**
 * Priorities decide which tasks are matched, and scores which agents they get. The first decision costs no match: sets of tasks
 * that can be matched together are a matroid, in which whoever takes the first that still fits, again and again, ends with as
 * many as can be (Edmonds &amp; Fulkerson 1965, "Transversals and matroid partition").
 */
final class OptimalRule implements AssignmentRule {
    @Override
    public String name() {
        return "optimal";
    }

    @Override
    public Proposal propose(RoundProblem problem, int[] queue) {
        RoundProblem first = problem.withDemands(FirstTasks.of(problem, queue));
        Optimum optimum = OptimalAssignment.of(first);
        return new Proposal(optimum.assignment(), Optional.of(new Proof(first, optimum.certificate())));
    }
}
