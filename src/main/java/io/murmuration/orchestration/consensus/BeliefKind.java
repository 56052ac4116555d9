package io.murmuration.orchestration.consensus;

import java.util.List;
import java.util.Optional;

/** How beliefs of one kind are mixed and multiplied. */
sealed interface BeliefKind<B extends Belief<B>> permits Distributions, Gaussians {
    /** @param shares one an opinion, with sum 1 */
    B mixture(Panel<B> panel, double[] shares);

    /**
     * {@code π^{1−Σe} Π p_i^{e_i}}, normalised.
     *
     * @param exponents one an opinion, at least 0
     * @throws IllegalArgumentException if it cannot be normalised
     */
    Product<B> product(Panel<B> panel, double[] exponents, Optional<B> prior);

    /**
     * A product of beliefs.
     *
     * @param shares one an opinion, as {@link Consensus.Voice} tells them
     * @param notes sentences
     */
    record Product<B>(B belief, double[] shares, List<String> notes) {}
}
