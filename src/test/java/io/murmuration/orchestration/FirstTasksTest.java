package io.murmuration.orchestration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.MatrixProblem;
import io.murmuration.orchestration.assignment.OptimalAssignment;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FirstTasksTest {
    private static final int NO = AssignmentProblem.FORBIDDEN;

    @Test
    void aTaskThatComesLaterHasOthersChangeTheirAgents() {
        // The first two kinds may go to either agent, the last one to the first alone.
        AssignmentProblem problem =
                new MatrixProblem(new int[] {1, 1}, new int[] {1, 1, 1}, new int[][] {{9, 9, 9}, {9, 9, NO}});
        assertArrayEquals(new int[] {1, 0, 1}, FirstTasks.of(problem, new int[] {0, 2, 1}));
        assertArrayEquals(new int[] {1, 1, 0}, FirstTasks.of(problem, new int[] {0, 1, 2}));
    }

    @Property(tries = 500)
    @Label("A task is matched exactly if it can be together with those before it, one more than could be without it")
    void firstThatFit(
            @ForAll @IntRange(max = 6) int agents, @ForAll @IntRange(min = 1, max = 6) int kinds, @ForAll long seed) {
        Random random = new Random(seed);
        int[] capacities = random.ints(agents, 0, 3).toArray();
        int[][] scores = new int[agents][kinds];
        for (int[] row : scores) {
            Arrays.setAll(row, kind -> random.nextInt(3) == 0 ? random.nextInt(AssignmentProblem.ONE) : NO);
        }
        int[] queue = random.ints(12, 0, kinds).toArray();

        int[] expected = new int[kinds];
        for (int kind : queue) {
            expected[kind]++;
            if (!isPossible(capacities, expected, scores)) {
                expected[kind]--;
            }
        }
        int[] demands = new int[kinds];
        Arrays.stream(queue).forEach(kind -> demands[kind]++);
        MatrixProblem problem = new MatrixProblem(capacities, demands, scores);
        assertArrayEquals(expected, FirstTasks.of(problem, queue));
        assertEquals(
                OptimalAssignment.of(problem).assignment().matched(),
                Arrays.stream(expected).sum());
    }

    /** Whether so many tasks of each kind can be matched, all of them; found by the solver, and not by a search of paths. */
    private static boolean isPossible(int[] capacities, int[] demands, int[][] scores) {
        MatrixProblem problem = new MatrixProblem(capacities, demands, scores);
        return OptimalAssignment.of(problem).assignment().matched()
                == Arrays.stream(demands).sum();
    }
}
