package io.murmuration.orchestration.consensus;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Opinions that can be pooled, by the names of agents: the order of all sums.
 *
 * @param opinions one an agent, at least one of a weight above 0
 */
record Panel<A>(List<Opinion<A>> opinions) {
    Panel {
        for (int i = 1; i < opinions.size(); i++) {
            if (opinions.get(i).agent().equals(opinions.get(i - 1).agent())) {
                throw new IllegalArgumentException(
                        "Agent " + opinions.get(i).agent() + " has two opinions, expected one an agent");
            }
        }
        if (opinions.stream().noneMatch(opinion -> opinion.weight() > 0)) {
            throw new IllegalArgumentException("There is nothing to pool: of " + opinions.size()
                    + " opinions none has a weight above 0, expected at least one");
        }
    }

    static <A> Panel<A> of(Collection<Opinion<A>> opinions) {
        return new Panel<>(
                opinions.stream().sorted(Comparator.comparing(Opinion::agent)).toList());
    }

    /** The same, of beliefs that must be of one size. */
    static <B extends Belief<B>> Panel<B> ofBeliefs(Collection<Opinion<B>> opinions) {
        Panel<B> panel = of(opinions);
        Opinion<B> first = panel.opinions.get(0);
        for (Opinion<B> other : panel.opinions) {
            if (other.answer().size() != first.answer().size()) {
                throw new IllegalArgumentException("The belief of " + other.agent() + " has size "
                        + other.answer().size() + ", but that of " + first.agent() + " has "
                        + first.answer().size() + ": expected beliefs about the same");
            }
        }
        return panel;
    }

    int size() {
        return opinions.size();
    }

    String agent(int i) {
        return opinions.get(i).agent();
    }

    A answer(int i) {
        return opinions.get(i).answer();
    }

    double[] weights() {
        return opinions.stream().mapToDouble(Opinion::weight).toArray();
    }

    /** Weights that add up to 1; first they are set against the greatest, so that no sum overflows. */
    double[] shares() {
        double greatest = opinions.stream().mapToDouble(Opinion::weight).max().orElse(0);
        double[] scaled = opinions.stream()
                .mapToDouble(opinion -> opinion.weight() / greatest)
                .toArray();
        double sum = 0;
        for (double weight : scaled) {
            sum += weight;
        }
        double total = sum;
        return IntStream.range(0, size()).mapToDouble(i -> scaled[i] / total).toArray();
    }
}
