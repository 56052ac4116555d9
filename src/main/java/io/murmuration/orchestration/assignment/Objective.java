package io.murmuration.orchestration.assignment;

/**
 * What an assignment is good for: as many tasks matched as can be, and among such assignments the highest sum of scores. As one
 * number, the weight of a match is its score and a bonus that no scores make up for.
 *
 * <p>A bonus of min(agents, tasks) · {@link AssignmentProblem#ONE} in <em>groups</em> is enough, however large the groups are.
 * If more tasks can be matched, then along a path that alternates between groups, visits none twice, and replaces k matches
 * by k + 1 (Berge 1957), with k below the smaller number of groups: what is lost in scores is at most k · ONE, and the bonus
 * gained is more. A bonus above all sums of scores would do as well, but overflows in large problems.
 *
 * @param bonus of each match, in millionths
 */
record Objective(long bonus) {
    static Objective of(AssignmentProblem problem) {
        return new Objective((long) Math.min(problem.agents(), problem.tasks()) * AssignmentProblem.ONE + 1);
    }

    /** What a match of this score is worth. */
    long weight(int score) {
        return bonus + score;
    }

    /** No match is worth more. */
    long heaviest() {
        return bonus + AssignmentProblem.ONE;
    }

    /** What all matches of an assignment are worth together. */
    long weight(AssignmentProblem problem, Assignment assignment) {
        return Math.addExact(Math.multiplyExact(bonus, assignment.matched()), assignment.score(problem));
    }
}
