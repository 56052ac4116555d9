package io.murmuration.orchestration.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.orchestration.assignment.Assignment.Match;
import io.murmuration.orchestration.assignment.OptimalAssignment.Optimum;
import io.murmuration.orchestration.assignment.Oracle.Best;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An optimal assignment")
class OptimalAssignmentTest {
    private static final int[][] FIVE = {
        {1, 2, 3, 4, 5}, {6, 7, 8, 7, 2}, {1, 3, 4, 4, 5}, {3, 6, 2, 8, 7}, {4, 1, 3, 5, 4}
    };
    private static final int[][] FORBIDDEN_AS_NINE = {
        {9, 6, 5, 9, 3}, {2, 1, 0, 1, 6}, {7, 5, 9, 4, 3}, {9, 2, 6, 0, 1}, {4, 9, 5, 9, 4}
    };

    @Test
    @DisplayName("costs what is published for matrices of three and five")
    void publishedCosts() {
        assertEquals(12, leastCost(new int[][] {{1, 2, 3}, {5, 4, 6}, {8, 9, 7}}));
        assertEquals(15, leastCost(new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}));
        assertEquals(10, leastCost(FIVE));
        assertEquals(12, leastCost(map(FIVE, cost -> 8 - cost)));
        assertEquals(21, leastCost(withDummies(new int[] {9, 9, 9, 9, 9, 9})));
        assertEquals(19, leastCost(withDummies(new int[] {3, 5, 8, 7, 1, 9})));
        assertEquals(12, leastCost(FORBIDDEN_AS_NINE));
    }

    @Test
    @DisplayName("gains what is published for a matrix of five")
    void publishedGain() {
        assertEquals(28, optimum(Problems.oneEach(FIVE)).score());
    }

    @Test
    @DisplayName("costs the same whether pairs are forbidden or too expensive")
    void forbiddenPairs() {
        int[][] scores =
                map(FORBIDDEN_AS_NINE, cost -> cost == 9 ? AssignmentProblem.FORBIDDEN : AssignmentProblem.ONE - cost);
        assertEquals(new Best(5, 5L * AssignmentProblem.ONE - 12), optimum(Problems.oneEach(scores)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20, 60})
    @DisplayName("costs n(n+1)(n+2)/6 and gains n(n+1)(2n+1)/6 where a pair is worth the product of its numbers")
    void products(int n) {
        int[][] products = new int[n][n];
        for (int i = 0; i < n; i++) {
            int agent = i + 1;
            Arrays.setAll(products[i], task -> agent * (task + 1));
        }
        assertEquals(n * (n + 1) * (n + 2) / 6, leastCost(products));
        assertEquals(new Best(n, n * (n + 1) * (2 * n + 1) / 6), optimum(Problems.oneEach(products)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 50})
    @DisplayName("matches a task more, rather than all others at the highest score")
    void moreTasksFirst(int others) {
        int[][] scores = new int[others + 1][others + 1];
        for (int[] row : scores) {
            Arrays.fill(row, AssignmentProblem.FORBIDDEN);
        }
        // Either each of the others has its own agent, or all have the next one's, and the last task has the first.
        for (int i = 0; i < others; i++) {
            scores[i][i] = AssignmentProblem.ONE;
            scores[i + 1][i] = 0;
        }
        scores[0][others] = 0;
        assertEquals(new Best(others + 1, 0), optimum(Problems.oneEach(scores)));
        assertEquals(others, GreedyAssignment.of(Problems.oneEach(scores)).matched());
    }

    @Test
    @DisplayName("of 2,000 agents and 2,000 tasks is found and proven, and greedy is less than a percent away")
    void large() {
        int[][] scores = Problems.random(new Problems.Shape(2000, 2000, 1, 1, AssignmentProblem.ONE + 1, 0.3), 1)
                .scores();
        MatrixProblem problem = Problems.oneEach(scores);
        Best best = optimum(problem);
        assertEquals(2000, best.matched());
        long greedy = GreedyAssignment.of(problem).score(problem);
        assertTrue(greedy < best.score() && greedy > 0.99 * best.score(), () -> greedy + " of " + best);
    }

    @Test
    @DisplayName("matches nothing where there is nothing to match, and proves it")
    void nothing() {
        int[][] forbidden = {{-1, -1}, {-1, -1}, {-1, -1}};
        assertEquals(new Best(0, 0), optimum(Problems.oneEach(forbidden)));
        assertEquals(new Best(0, 0), optimum(new MatrixProblem(new int[0], new int[0], new int[0][0])));
        assertEquals(new Best(0, 0), optimum(new MatrixProblem(new int[0], new int[] {3}, new int[0][1])));
        assertEquals(new Best(0, 0), optimum(new MatrixProblem(new int[] {3}, new int[0], new int[1][0])));
        assertEquals(new Best(0, 0), optimum(new MatrixProblem(new int[] {0}, new int[] {3}, new int[][] {{5}})));
        assertEquals(new Best(0, 0), optimum(new MatrixProblem(new int[] {3}, new int[] {0}, new int[][] {{5}})));
    }

    @Test
    @DisplayName("of groups takes as many bids for a thousand million tasks as for a thousand, and is as exact")
    void largeGroups() {
        Problems.Shape shape = new Problems.Shape(12, 15, 9, 9, AssignmentProblem.ONE + 1, 0.3);
        MatrixProblem small = Problems.random(shape, 11);
        Optimum few = OptimalAssignment.of(small);
        int times = 10_000_000;
        MatrixProblem large = new MatrixProblem(
                Arrays.stream(small.capacities()).map(c -> c * times).toArray(),
                Arrays.stream(small.demands()).map(d -> d * times).toArray(),
                small.scores());
        Optimum many = OptimalAssignment.of(large);
        assertInstanceOf(Certificate.Optimal.class, many.certificate().check(large, many.assignment()));
        assertEquals(few.assignment().matched() * times, many.assignment().matched());
        assertEquals(few.assignment().score(small) * times, many.assignment().score(large));
        assertEquals(few.bids(), many.bids());
    }

    @Test
    @DisplayName("knows no agent of many and few tasks of many from single ones")
    void groupsAreSingleOnes() {
        MatrixProblem grouped = Problems.random(new Problems.Shape(6, 8, 4, 3, 50, 0.4), 5);
        int[] agentOf = repeated(grouped.capacities());
        int[] taskOf = repeated(grouped.demands());
        int[][] scores = new int[agentOf.length][taskOf.length];
        for (int a = 0; a < agentOf.length; a++) {
            int agent = agentOf[a];
            Arrays.setAll(scores[a], t -> grouped.score(agent, taskOf[t]));
        }
        assertEquals(optimum(Problems.oneEach(scores)), optimum(grouped));
    }

    @Test
    @DisplayName("is the same again, match by match")
    void deterministic() {
        MatrixProblem problem = Problems.random(new Problems.Shape(40, 50, 3, 2, 4, 0.3), 8);
        Optimum first = OptimalAssignment.of(problem);
        Optimum second = OptimalAssignment.of(problem);
        assertEquals(first.assignment(), second.assignment());
        assertEquals(first.bids(), second.bids());
    }

    @Test
    @DisplayName("refuses what is out of range, and says where it stands")
    void refusals() {
        assertRefused(
                "score of agent 0 and task 1 is 1000001, expected 0 to 1000000, or -1 where forbidden",
                new MatrixProblem(new int[] {1}, new int[] {1, 1}, new int[][] {{0, 1_000_001}}));
        assertRefused(
                "capacity of agent 0 is -1, expected at least 0",
                new MatrixProblem(new int[] {-1}, new int[] {1}, new int[][] {{0}}));
        assertRefused(
                "demand of task 0 is -2, expected at least 0",
                new MatrixProblem(new int[] {1}, new int[] {-2}, new int[][] {{0}}));
        assertEquals(
                "task 0 lists agent 1, expected agents below 2 in ascending order",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SparseProblem(
                                        new int[] {1, 1}, new int[] {1}, new int[][] {{1, 1}}, new int[][] {{5, 6}}))
                        .getMessage());
        assertEquals(
                "pairs added to a shortlist are 0, expected at least 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ShortlistedAssignment.of(Problems.oneEach(new int[][] {{1}}), 0))
                        .getMessage());
        assertEquals(
                "a match of agent 1 and task 2 is of 0 tasks, expected at least 1",
                assertThrows(IllegalArgumentException.class, () -> new Match(1, 2, 0))
                        .getMessage());
        assertEquals(
                "agent 1 and task 2 are matched twice, expected one match with the number of tasks",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Assignment(List.of(new Match(1, 2, 1), new Match(1, 2, 3))))
                        .getMessage());
    }

    private static void assertRefused(String message, AssignmentProblem problem) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> OptimalAssignment.of(problem))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> GreedyAssignment.of(problem));
    }

    private static long leastCost(int[][] costs) {
        Best best = optimum(Problems.ofCosts(costs));
        assertEquals(costs.length, best.matched());
        return best.matched() * AssignmentProblem.ONE - best.score();
    }

    /** Checks the certificate as well. */
    private static Best optimum(AssignmentProblem problem) {
        Optimum optimum = OptimalAssignment.of(problem);
        assertInstanceOf(Certificate.Optimal.class, optimum.certificate().check(problem, optimum.assignment()));
        return Best.of(problem, optimum.assignment());
    }

    private static int[] repeated(int[] counts) {
        return IntStream.range(0, counts.length)
                .flatMap(i -> IntStream.generate(() -> i).limit(counts[i]))
                .toArray();
    }

    private static int[][] map(int[][] matrix, IntUnaryOperator change) {
        return Arrays.stream(matrix)
                .map(row -> Arrays.stream(row).map(change).toArray())
                .toArray(int[][]::new);
    }

    /** Eight less the five, with a sixth worker, and a sixth job of cost 9 for the others. */
    private static int[][] withDummies(int[] sixth) {
        int[][] costs = Arrays.copyOf(map(FIVE, cost -> 8 - cost), 6);
        for (int i = 0; i < 5; i++) {
            costs[i] = Arrays.copyOf(costs[i], 6);
            costs[i][5] = 9;
        }
        costs[5] = sixth;
        return costs;
    }
}
