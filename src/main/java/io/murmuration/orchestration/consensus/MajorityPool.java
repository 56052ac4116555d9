package io.murmuration.orchestration.consensus;

import io.murmuration.orchestration.consensus.Consensus.Voice;
import io.murmuration.orchestration.consensus.Vote.Count;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Most weight wins. Weights are added without rounding: it must not decide a tie. */
record MajorityPool() implements OpinionPool<String, Vote> {
    private record Backing(String choice, int agents, BigDecimal weight) {
        Backing and(Backing other) {
            return new Backing(choice, agents + other.agents, weight.add(other.weight));
        }
    }

    @Override
    public Consensus<Vote> pool(Collection<Opinion<String>> opinions) {
        Panel<String> panel = Panel.of(opinions);
        Map<String, Backing> votes = new TreeMap<>();
        panel.opinions().stream()
                .filter(opinion -> opinion.weight() > 0)
                .forEach(opinion -> votes.merge(
                        opinion.answer(),
                        new Backing(opinion.answer(), 1, new BigDecimal(opinion.weight())),
                        Backing::and));
        List<Backing> ranked = votes.values().stream()
                .sorted(Comparator.comparing(Backing::weight)
                        .thenComparing(Backing::agents)
                        .reversed()
                        .thenComparing(Backing::choice))
                .toList();
        Backing first = ranked.get(0);
        BigDecimal all = ranked.stream().map(Backing::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean absolute = first.weight().add(first.weight()).compareTo(all) > 0;
        List<Count> counts = ranked.stream()
                .map(backing -> new Count(
                        backing.choice(), backing.agents(), backing.weight().doubleValue()))
                .toList();
        double[] shares = panel.shares();
        List<Voice> voices = IntStream.range(0, panel.size())
                .mapToObj(i ->
                        new Voice(panel.agent(i), shares[i], panel.answer(i).equals(first.choice()) ? 0 : 1))
                .toList();
        return new Consensus<>(
                new Vote(first.choice(), counts, absolute), "the choice of the most weight", voices, ties(ranked));
    }

    private static List<String> ties(List<Backing> ranked) {
        Backing first = ranked.get(0);
        return ranked.stream()
                .skip(1)
                .filter(backing -> backing.weight().compareTo(first.weight()) == 0)
                .map(backing -> backing.choice() + " has the same weight as " + first.choice() + ", which wins by "
                        + (backing.agents() < first.agents() ? "its number of agents" : "its name"))
                .toList();
    }
}
