package io.murmuration.orchestration.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.orchestration.assignment.Certificate.Optimal;
import io.murmuration.orchestration.assignment.Certificate.Refuted;
import io.murmuration.orchestration.assignment.Certificate.Verdict;
import io.murmuration.orchestration.assignment.Certificate.Within;
import io.murmuration.orchestration.assignment.OptimalAssignment.Optimum;
import io.murmuration.orchestration.assignment.Oracle.Best;
import io.murmuration.orchestration.assignment.Problems.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of assignments of whatever problem. */
class AssignmentLawsTest {
    @Provide
    Arbitrary<Shape> small() {
        return shapes(4, 4, 3, 2);
    }

    @Provide
    Arbitrary<Shape> middle() {
        return shapes(40, 40, 5, 5);
    }

    /** From 2 scores for many ties to all that there are; from nothing forbidden to everything. */
    private static Arbitrary<Shape> shapes(int agents, int tasks, int capacity, int demand) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, agents),
                        Arbitraries.integers().between(0, tasks),
                        Arbitraries.integers().between(1, capacity),
                        Arbitraries.integers().between(1, demand),
                        Arbitraries.of(1, 2, 5, 1000, AssignmentProblem.ONE + 1),
                        Arbitraries.of(0.0, 0.3, 0.6, 0.9, 1.0))
                .as(Shape::new);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    @Label("An optimal assignment is as good as the best of all assignments, one by one")
    void bruteForce(@ForAll("small") Shape shape, @ForAll long seed) {
        MatrixProblem problem = Problems.random(shape, seed);
        assertEquals(BruteForce.of(problem), Best.of(problem, proven(problem).assignment()));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Label("An optimal assignment is as good as another solver's")
    void otherSolver(@ForAll("middle") Shape shape, @ForAll long seed) {
        Shape fewScores = new Shape(
                shape.agents(),
                shape.tasks(),
                shape.mostCapacity(),
                shape.mostDemand(),
                Math.min(shape.scores(), 1000),
                shape.forbidden());
        MatrixProblem problem = Problems.random(fewScores, seed);
        assertEquals(
                Oracle.of(problem, fewScores.scores()),
                Best.of(problem, proven(problem).assignment()));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "Tasks are matched, or as many of them as stay unmatched are proven to be too many for whoever may have them")
    void shortage(@ForAll("middle") Shape shape, @ForAll long seed) {
        MatrixProblem problem = Problems.random(shape, seed);
        Assignment assignment = proven(problem).assignment();
        long unmatched = Arrays.stream(problem.demands()).sum() - assignment.matched();
        Optional<Shortage> shortage = Shortage.of(problem, assignment);
        assertEquals(unmatched, shortage.map(Shortage::unmatched).orElse(0L));
        assertEquals(Optional.empty(), shortage.flatMap(found -> found.fault(problem)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label("Shortlists, however short they begin, lead to what is optimal among all pairs")
    void shortlists(@ForAll("middle") Shape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int most) {
        MatrixProblem problem = Problems.random(shape, seed);
        Optimum optimum = ShortlistedAssignment.of(problem, most);
        Verdict verdict = optimum.certificate().check(problem, optimum.assignment());
        assertInstanceOf(Optimal.class, verdict, verdict::sentence);
        assertEquals(Best.of(problem, proven(problem).assignment()), Best.of(problem, optimum.assignment()));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Label("Allowed pairs in lists make the problem that they make in a matrix")
    void sparse(@ForAll("middle") Shape shape, @ForAll long seed) {
        MatrixProblem problem = Problems.random(shape, seed);
        List<Shortlist> all = IntStream.range(0, problem.tasks())
                .mapToObj(task -> Shortlist.EMPTY.grow(problem, task, Certificate.withoutPrices(problem), 100))
                .toList();
        SparseProblem sparse = SparseProblem.of(problem, all);
        Optimum optimum = proven(sparse);
        assertEquals(proven(problem).assignment(), optimum.assignment());
        assertEquals(GreedyAssignment.of(problem), GreedyAssignment.of(sparse));
        assertEquals(Shortage.of(problem, optimum.assignment()), Shortage.of(sparse, optimum.assignment()));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("Another order of agents and tasks makes no assignment better or worse")
    void permutations(@ForAll("middle") Shape shape, @ForAll long seed) {
        MatrixProblem problem = Problems.random(shape, seed);
        List<Integer> agents = shuffled(problem.agents(), seed);
        List<Integer> tasks = shuffled(problem.tasks(), seed + 1);
        MatrixProblem permuted = new MatrixProblem(
                agents.stream().mapToInt(problem::capacity).toArray(),
                tasks.stream().mapToInt(problem::demand).toArray(),
                agents.stream()
                        .map(a -> tasks.stream()
                                .mapToInt(t -> problem.score(a, t))
                                .toArray())
                        .toArray(int[][]::new));
        assertEquals(
                Best.of(problem, proven(problem).assignment()),
                Best.of(permuted, proven(permuted).assignment()));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label("The same assignment comes again, greedy or optimal")
    void determinism(@ForAll("middle") Shape shape, @ForAll long seed) {
        MatrixProblem problem = Problems.random(shape, seed);
        assertEquals(proven(problem).assignment(), proven(problem).assignment());
        assertEquals(GreedyAssignment.of(problem), GreedyAssignment.of(problem));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "A greedy assignment can be had, matches and scores at least half, and is as far from optimal as the prices say")
    void greedy(@ForAll("middle") Shape shape, @ForAll long seed) {
        MatrixProblem problem = Problems.random(shape, seed);
        Optimum optimum = proven(problem);
        Assignment greedy = GreedyAssignment.of(problem);
        Best best = Best.of(problem, optimum.assignment());
        Best reached = Best.of(problem, greedy);
        assertTrue(2 * reached.matched() >= best.matched(), () -> reached + " of " + best);
        assertTrue(2 * reached.score() >= best.score(), () -> reached + " of " + best);
        Certificate certificate = optimum.certificate();
        Verdict verdict = certificate.check(problem, greedy);
        if (reached.equals(best)) {
            assertInstanceOf(Optimal.class, verdict);
        } else {
            Within within = assertInstanceOf(Within.class, verdict);
            assertEquals(
                    certificate.bonus() * (best.matched() - reached.matched()) + best.score() - reached.score(),
                    within.gap());
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("Prices that are lower somewhere prove nothing, and no others prove less than the best")
    void otherPrices(@ForAll("small") Shape shape, @ForAll long seed) {
        MatrixProblem problem = Problems.random(shape, seed);
        Optimum optimum = proven(problem);
        Certificate certificate = optimum.certificate();
        Random random = new Random(seed);
        long[] prices = certificate.prices().clone();
        long[] profits = certificate.profits().clone();
        for (int agent = 0; agent < prices.length; agent++) {
            prices[agent] += random.nextInt(3) - 1;
        }
        for (int task = 0; task < profits.length; task++) {
            profits[task] += random.nextInt(3) - 1;
        }
        Certificate other = new Certificate(certificate.bonus(), prices, profits);
        if (!(other.check(problem, optimum.assignment()) instanceof Refuted)) {
            assertTrue(other.bound(problem) >= certificate.bound(problem));
        }
    }

    /** An optimum whose certificate was checked. */
    private static Optimum proven(AssignmentProblem problem) {
        Optimum optimum = OptimalAssignment.of(problem);
        Verdict verdict = optimum.certificate().check(problem, optimum.assignment());
        assertInstanceOf(Optimal.class, verdict, verdict::sentence);
        return optimum;
    }

    private static List<Integer> shuffled(int count, long seed) {
        List<Integer> numbers = IntStream.range(0, count).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, new Random(seed));
        return numbers;
    }
}
