package io.murmuration.jobs;

import io.murmuration.orchestration.assignment.Assignment;
import io.murmuration.orchestration.assignment.GreedyAssignment;
import io.murmuration.orchestration.assignment.OptimalAssignment;
import io.murmuration.orchestration.matching.CompiledProblem;
import io.murmuration.orchestration.matching.Effort;
import io.murmuration.orchestration.matching.LocalShortlists;
import io.murmuration.orchestration.matching.Matching;
import io.murmuration.orchestration.matching.ProfileIndex;
import io.murmuration.orchestration.spark.Population;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** How far matchings of a population are from the best one, each agent and task by itself. */
final class MatchingBench {
    /** What the exact solver takes in a minute or so. */
    static final long MOST_PAIRS = 20_000_000;

    static final String HEADER =
            "agents,tasks,places,optimal_matched,optimal_score,optimal_seconds,greedy_matched,greedy_score,"
                    + "greedy_percent,greedy_seconds,market_matched,market_score,market_percent,market_seconds";

    private final CompiledProblem problem;

    private MatchingBench(CompiledProblem problem) {
        this.problem = problem;
    }

    /** A line of CSV, after {@link #HEADER}. */
    static String row(Population population) {
        return new MatchingBench(population.problem()).row();
    }

    private String row() {
        Timed optimal = timed(() -> OptimalAssignment.of(problem).assignment());
        Timed greedy = timed(() -> GreedyAssignment.of(problem));
        Timed market = timed(() -> {
            ProfileIndex index = new ProfileIndex(problem.profiles(), problem.demands());
            return Matching.of(index, new LocalShortlists(index), Effort.STANDARD)
                    .assignment();
        });
        long places = IntStream.range(0, problem.agents())
                .mapToLong(problem::capacity)
                .sum();
        return String.format(
                Locale.ROOT,
                "%d,%d,%d,%d,%.6f,%.2f,%s,%s",
                problem.agents(),
                problem.tasks(),
                places,
                optimal.matched,
                optimal.score,
                optimal.seconds,
                compared(greedy, optimal),
                compared(market, optimal));
    }

    private static String compared(Timed found, Timed optimal) {
        return String.format(
                Locale.ROOT,
                "%d,%.6f,%.4f,%.2f",
                found.matched,
                found.score,
                100 * found.score / optimal.score,
                found.seconds);
    }

    /** What was found in what time; the sum of scores is from 0 to 1 a task. */
    private record Timed(long matched, double score, double seconds) {}

    private Timed timed(Supplier<Assignment> solver) {
        long start = System.nanoTime();
        Assignment found = solver.get();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Timed(found.matched(), found.score(problem) / 1e6, seconds);
    }
}
