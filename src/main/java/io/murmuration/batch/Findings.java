package io.murmuration.batch;

import io.murmuration.summary.RunStatistics;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What was found in results, as a mergeable state.
 *
 * @param statistics a state a model, in the fleet's order
 * @param population increments summed over agents, by the place of a model whose counts are learned by the population
 */
public record Findings(List<RunStatistics> statistics, TreeMap<Integer, IncrementSums> population)
        implements Serializable {

    public static Findings none(int models) {
        return new Findings(
                IntStream.range(0, models).mapToObj(m -> new RunStatistics()).toList(), new TreeMap<>());
    }

    /** Adds all that another state holds. */
    public void merge(Findings other) {
        for (int model = 0; model < statistics.size(); model++) {
            statistics.get(model).merge(other.statistics.get(model));
        }
        other.population.forEach((model, increments) -> population
                .computeIfAbsent(model, m -> IncrementSums.of(increments.sums().length))
                .merge(increments));
    }
}
