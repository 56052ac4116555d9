package io.murmuration.orchestration.consensus;

import io.murmuration.orchestration.consensus.Consensus.Voice;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** A mixture of all beliefs. */
record LinearPool<B extends Belief<B>>(BeliefKind<B> kind) implements OpinionPool<B, B> {
    @Override
    public Consensus<B> pool(Collection<Opinion<B>> opinions) {
        Panel<B> panel = Panel.ofBeliefs(opinions);
        double[] shares = panel.shares();
        B mixture = kind.mixture(panel, shares);
        List<Voice> voices = IntStream.range(0, panel.size())
                .mapToObj(i ->
                        new Voice(panel.agent(i), shares[i], panel.answer(i).divergence(mixture)))
                .toList();
        return new Consensus<>(mixture, "a mixture by weight", voices, List.of());
    }
}
