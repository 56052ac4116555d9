package io.murmuration.orchestration.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.orchestration.assignment.Assignment.Match;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A greedy assignment")
class GreedyAssignmentTest {
    @Test
    @DisplayName("takes the best pair first, as many of its tasks as its agents take, and then the next best")
    void bestFirst() {
        MatrixProblem problem = new MatrixProblem(new int[] {3, 2}, new int[] {2, 4}, new int[][] {{9, 7}, {8, 6}});
        assertEquals(
                new Assignment(List.of(new Match(0, 0, 2), new Match(0, 1, 1), new Match(1, 1, 2))),
                GreedyAssignment.of(problem));
    }

    @Test
    @DisplayName("takes of equal pairs that of the lower task, then of the lower agent")
    void ties() {
        assertEquals(
                new Assignment(List.of(new Match(0, 0, 1), new Match(1, 1, 1))),
                GreedyAssignment.of(Problems.oneEach(new int[][] {{5, 5, 5}, {5, 5, 5}})));
    }

    @Test
    @DisplayName("may match half of the tasks that can be, and not less")
    void half() {
        MatrixProblem problem = Problems.oneEach(new int[][] {{1, 0}, {0, -1}});
        assertEquals(1, GreedyAssignment.of(problem).matched());
        assertEquals(2, OptimalAssignment.of(problem).assignment().matched());
    }

    @Test
    @DisplayName("matches nothing where all is forbidden, or nobody is there")
    void nothing() {
        assertEquals(new Assignment(List.of()), GreedyAssignment.of(Problems.oneEach(new int[][] {{-1}})));
        assertEquals(
                new Assignment(List.of()),
                GreedyAssignment.of(new MatrixProblem(new int[0], new int[] {2}, new int[0][1])));
    }
}
