package io.murmuration.orchestration.assignment;

import io.murmuration.orchestration.assignment.OptimalAssignment.Optimum;
import java.util.Arrays;
import java.util.List;

/**
 * The best assignment of a problem that has too many pairs to hold them all. {@link OptimalAssignment} is asked for the best
 * among a {@link Shortlist} a task; pairs that weigh more than its prices say they may are added to the lists, and it is asked
 * again. Where there is none, its certificate holds for all pairs, so that what it found is optimal (column generation; Dantzig
 * &amp; Wolfe 1960, "Decomposition principle for linear programs").
 *
 * <p>It comes to an end, since lists grow by pairs that they do not have; in practice after a few rounds, with some dozens of pairs a
 * task. All pairs are looked at once a round, each task's by itself: this is what can be divided among machines, in whatever way,
 * with the same result.
 */
public final class ShortlistedAssignment {
    private ShortlistedAssignment() {}

    /**
     * Takes memory of the lists, and time that grows with all pairs times rounds.
     *
     * @param most pairs that are added to a task's list in one round; some 16 are a good choice
     * @throws IllegalArgumentException if it is not at least 1, or for what {@link OptimalAssignment#of} throws it
     */
    public static Optimum of(AssignmentProblem problem, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("pairs added to a shortlist are " + most + ", expected at least 1");
        }
        Shortlist[] lists = new Shortlist[problem.tasks()];
        Arrays.fill(lists, Shortlist.EMPTY);
        Optimum optimum = new Optimum(new Assignment(List.of()), Certificate.withoutPrices(problem), 0);
        while (grow(lists, problem, optimum.certificate(), most)) {
            Optimum next = OptimalAssignment.of(SparseProblem.of(problem, List.of(lists)));
            optimum = new Optimum(next.assignment(), next.certificate(), optimum.bids() + next.bids());
        }
        return optimum;
    }

    /** Whether any list has grown. */
    private static boolean grow(Shortlist[] lists, AssignmentProblem problem, Certificate certificate, int most) {
        boolean grown = false;
        for (int task = 0; task < lists.length; task++) {
            Shortlist before = lists[task];
            lists[task] = before.grow(problem, task, certificate, most);
            grown |= lists[task].agents().length > before.agents().length;
        }
        return grown;
    }
}
