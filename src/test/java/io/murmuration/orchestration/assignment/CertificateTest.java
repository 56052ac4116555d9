package io.murmuration.orchestration.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.murmuration.orchestration.assignment.Assignment.Match;
import io.murmuration.orchestration.assignment.Certificate.Optimal;
import io.murmuration.orchestration.assignment.Certificate.Refuted;
import io.murmuration.orchestration.assignment.Certificate.Within;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A certificate")
class CertificateTest {
    /** The best is agent 0 for task 1 and agent 1 for task 0, worth 7 + 8; greedy takes the 9 and the 1. */
    private static final MatrixProblem SWAP = Problems.oneEach(new int[][] {{9, 7}, {8, 1}});

    private static final long BONUS = 2L * AssignmentProblem.ONE + 1;
    private static final Certificate PRICES =
            new Certificate(BONUS, new long[] {1, 0}, new long[] {BONUS + 8, BONUS + 6});
    private static final Assignment BEST = assignment(new Match(0, 1, 1), new Match(1, 0, 1));
    private static final Assignment GREEDY = assignment(new Match(0, 0, 1), new Match(1, 1, 1));

    @Test
    @DisplayName("made by hand proves what is best, and how far another is from there")
    void byHand() {
        assertInstanceOf(Optimal.class, PRICES.check(SWAP, BEST));
        assertEquals(2 * BONUS + 15, PRICES.bound(SWAP));
        assertEquals(GREEDY, GreedyAssignment.of(SWAP));
        assertEquals(
                new Within(5, "agent 1 and task 1 are matched and weigh 2000002, less than price and profit, 2000007"),
                PRICES.check(SWAP, GREEDY));
    }

    @Test
    @DisplayName("names agents that are idle at a price, and tasks that are left out with a profit")
    void slack() {
        assertEquals(
                new Within(BONUS + 7, "agent 0 has a price, 1, and takes 0 tasks of 1"),
                PRICES.check(SWAP, assignment(new Match(1, 0, 1))));
        MatrixProblem one = Problems.oneEach(new int[][] {{5}});
        Certificate prices =
                new Certificate(AssignmentProblem.ONE + 1, new long[] {0}, new long[] {AssignmentProblem.ONE + 6});
        assertEquals(
                new Within(AssignmentProblem.ONE + 6, "task 0 has a profit, 1000006, and 0 of 1 are matched"),
                prices.check(one, assignment()));
    }

    @Test
    @DisplayName("refutes assignments that cannot be had, and says why")
    void infeasible() {
        MatrixProblem problem = new MatrixProblem(new int[] {1, 3}, new int[] {1, 2}, new int[][] {{9, 7}, {-1, 1}});
        Certificate prices = OptimalAssignment.of(problem).certificate();
        assertRefuted("agent 1 and task 0 are matched, but forbidden", prices, problem, new Match(1, 0, 1));
        assertRefuted("agent 0 has 2 tasks and a capacity of 1", prices, problem, new Match(0, 1, 2));
        assertRefuted("task 1 is matched 3 times, but there are 2", prices, problem, new Match(1, 1, 3));
        assertRefuted(
                "agent 2 and task 0 are matched, but there are 2 agents and 2 tasks",
                prices,
                problem,
                new Match(2, 0, 1));
    }

    @Test
    @DisplayName("that proves nothing is refuted, and says why")
    void badPrices() {
        long[] prices = {1, 0};
        long[] profits = {BONUS + 8, BONUS + 6};
        assertRefuted(
                "agent 0 and task 0 weigh 2000010, more than price and profit, 0 and 2000009",
                new Certificate(BONUS, new long[] {0, 0}, profits));
        assertRefuted(
                "the price of agent 1 is -1, expected at least 0", new Certificate(BONUS, new long[] {1, -1}, profits));
        assertRefuted(
                "the profit of task 0 is -1, expected at least 0",
                new Certificate(BONUS, prices, new long[] {-1, BONUS + 6}));
        assertRefuted(
                "the bonus of a match is 2000000, expected at least 2000001",
                new Certificate(BONUS - 1, prices, profits));
        assertRefuted(
                "there are prices of 2 agents and profits of 1 tasks, expected 2 and 2",
                new Certificate(BONUS, prices, new long[] {1}));
    }

    @Test
    @DisplayName("of a shortage names tasks and the too few agents who may have them")
    void shortage() {
        // Three tasks only agent 0 may have, who takes two at once; another for anyone.
        MatrixProblem problem =
                new MatrixProblem(new int[] {2, 5}, new int[] {1, 2, 1}, new int[][] {{9, 8, 9}, {-1, -1, 1}});
        Assignment best = OptimalAssignment.of(problem).assignment();
        assertEquals(assignment(new Match(0, 0, 1), new Match(0, 1, 1), new Match(1, 2, 1)), best);
        Shortage shortage = Shortage.of(problem, best).orElseThrow();
        assertEquals(new Shortage(bits(0, 1), bits(0), 3, 2), shortage);
        assertEquals(1, shortage.unmatched());
        assertEquals(Optional.empty(), shortage.fault(problem));
        assertEquals(
                Optional.of("agent 1 may have task 2, but is not among those who may"),
                new Shortage(bits(0, 1, 2), bits(0), 4, 2).fault(problem));
        assertEquals(
                Optional.of(
                        "the tasks are 2 and the agents take 2, told are 2 and 2, expected the same, and more tasks than"
                                + " agents take"),
                new Shortage(bits(1), bits(0), 2, 2).fault(problem));
        assertEquals(
                Optional.of("a shortage is of task 3 and agent 0, but there are 3 tasks and 2 agents"),
                new Shortage(bits(3), bits(0), 2, 2).fault(problem));
    }

    @Test
    @DisplayName("of a shortage there is none where a task more can be matched")
    void noShortage() {
        MatrixProblem problem = Problems.oneEach(new int[][] {{9, 8}, {8, -1}});
        Assignment greedy = GreedyAssignment.of(problem);
        assertEquals(1, greedy.matched());
        assertEquals(
                "a shortage is asked for of an assignment that leaves out a task that could be matched: agent 1 has room for"
                        + " task 0, whose agent could take another",
                assertThrows(IllegalArgumentException.class, () -> Shortage.of(problem, greedy))
                        .getMessage());
        assertEquals(
                Optional.empty(),
                Shortage.of(problem, OptimalAssignment.of(problem).assignment()));
    }

    private static void assertRefuted(String sentence, Certificate certificate) {
        assertEquals(new Refuted(sentence), certificate.check(SWAP, BEST));
    }

    private static void assertRefuted(String sentence, Certificate prices, AssignmentProblem problem, Match match) {
        assertEquals(new Refuted(sentence), prices.check(problem, assignment(match)));
    }

    private static Assignment assignment(Match... matches) {
        return new Assignment(List.of(matches));
    }

    private static BitSet bits(int... numbers) {
        BitSet bits = new BitSet();
        Arrays.stream(numbers).forEach(bits::set);
        return bits;
    }
}
