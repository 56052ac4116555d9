package io.murmuration.orchestration.consensus;

import io.murmuration.orchestration.consensus.BeliefKind.Product;
import io.murmuration.orchestration.consensus.Consensus.Voice;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A product of powers of all beliefs, {@code q ∝ π^{1−Σe} Π p_i^{e_i}}.
 *
 * @param prior that all beliefs have in common, π; without one it is flat
 */
record GeometricPool<B extends Belief<B>>(BeliefKind<B> kind, Exponents exponents, Optional<B> prior)
        implements OpinionPool<B, B> {
    @Override
    public Consensus<B> pool(Collection<Opinion<B>> opinions) {
        Panel<B> panel = Panel.ofBeliefs(opinions);
        prior.ifPresent(shared -> {
            if (shared.size() != panel.answer(0).size()) {
                throw new IllegalArgumentException("The prior in common has size " + shared.size()
                        + ", but the belief of " + panel.agent(0) + " has "
                        + panel.answer(0).size() + ": expected beliefs about the same");
            }
        });
        double[] powers = exponents == Exponents.SHARES ? panel.shares() : panel.weights();
        Product<B> product = kind.product(panel, powers, prior);
        List<Voice> voices = IntStream.range(0, panel.size())
                .mapToObj(i -> new Voice(
                        panel.agent(i), product.shares()[i], product.belief().divergence(panel.answer(i))))
                .toList();
        return new Consensus<>(product.belief(), rule(), voices, product.notes());
    }

    private String rule() {
        String product = exponents == Exponents.SHARES ? "a product by shares of weight" : "a product by weight";
        return prior.isPresent() ? product + ", the prior in common counted once" : product;
    }
}
