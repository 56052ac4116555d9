package io.murmuration.orchestration.assignment;

import java.util.Arrays;
import java.util.Random;

/** Problems that tests make. */
final class Problems {
    private Problems() {}

    /** The sizes of a random problem, and what may occur in it. */
    record Shape(int agents, int tasks, int mostCapacity, int mostDemand, int scores, double forbidden) {}

    /** Capacities and demands from 0 on, few different scores for many ties. */
    static MatrixProblem random(Shape shape, long seed) {
        Random random = new Random(seed);
        int[] capacities =
                random.ints(shape.agents(), 0, shape.mostCapacity() + 1).toArray();
        int[] demands = random.ints(shape.tasks(), 0, shape.mostDemand() + 1).toArray();
        int[][] scores = new int[shape.agents()][shape.tasks()];
        for (int[] row : scores) {
            Arrays.setAll(
                    row,
                    t -> random.nextDouble() < shape.forbidden()
                            ? AssignmentProblem.FORBIDDEN
                            : random.nextInt(shape.scores()));
        }
        return new MatrixProblem(capacities, demands, scores);
    }

    /** One task an agent, and one agent a task. */
    static MatrixProblem oneEach(int[][] scores) {
        int[] capacities = new int[scores.length];
        int[] demands = new int[scores[0].length];
        Arrays.fill(capacities, 1);
        Arrays.fill(demands, 1);
        return new MatrixProblem(capacities, demands, scores);
    }

    /** The highest score where the cost is 0, and one less for each unit of it. */
    static MatrixProblem ofCosts(int[][] costs) {
        return oneEach(Arrays.stream(costs)
                .map(row -> Arrays.stream(row)
                        .map(cost -> AssignmentProblem.ONE - cost)
                        .toArray())
                .toArray(int[][]::new));
    }
}
