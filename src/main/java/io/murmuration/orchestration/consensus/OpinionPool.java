package io.murmuration.orchestration.consensus;

import java.util.Collection;
import java.util.Optional;

/**
 * A rule that makes one answer out of those of a group of agents. The order in which opinions come does not matter; an agent of
 * weight 0 is asked in vain.
 *
 * @param <A> what agents answer
 * @param <B> what comes out
 */
public sealed interface OpinionPool<A, B> permits MajorityPool, LinearPool, GeometricPool {
    /**
     * Pools opinions.
     *
     * @param opinions at least one of a weight above 0, one an agent, all of one size
     * @throws IllegalArgumentException if they are not so, or contradict each other so that the rule has no answer
     */
    Consensus<B> pool(Collection<Opinion<A>> opinions);

    /**
     * The choice of the most weight wins, whether or not it has more than half. Of choices of equal weight the one of more
     * agents wins, and then the first by name.
     */
    static OpinionPool<String, Vote> majority() {
        return new MajorityPool();
    }

    /**
     * The linear pool {@code q = Σ w_i p_i}, with weights made to add up to 1: the belief of who believes each agent with the
     * probability w_i. Of all beliefs it has the least {@code Σ w_i KL(p_i‖q)} (Stone 1961, "The opinion pool"). It keeps
     * disagreement as doubt, and does not commute with Bayes' rule.
     */
    static OpinionPool<Distribution, Distribution> linear() {
        return new LinearPool<>(new Distributions(0));
    }

    /**
     * The linear pool of beliefs about numbers, a mixture, as the Gaussian of the same mean {@code m = Σ w_i μ_i} and covariance
     * {@code Σ w_i (Σ_i + (μ_i − m)(μ_i − m)ᵀ)}, with weights made to add up to 1: of all Gaussians that of the least
     * {@code Σ w_i KL(p_i‖q)}. Of numbers without doubt these are their mean and their variance.
     */
    static OpinionPool<Gaussian, Gaussian> gaussianLinear() {
        return new LinearPool<>(new Gaussians());
    }

    /**
     * The logarithmic pool {@code q ∝ Π p_i^{w_i}}, with weights made to add up to 1. Of all beliefs it has the least
     * {@code Σ w_i KL(q‖p_i)}, and it is externally Bayesian: to learn something and then pool is to pool and then learn it
     * (Genest 1984, "A characterization theorem for externally Bayesian groups"). Agents may have seen the same things. A state
     * of probability 0 for one agent is so for all: a veto, told in the notes.
     */
    static OpinionPool<Distribution, Distribution> logarithmic() {
        return logarithmic(0);
    }

    /**
     * The logarithmic pool without a veto: first, probabilities below a floor are raised to it, and those of that belief divided
     * by their sum; the notes say whose. It commutes with Bayes' rule as far as the floor is not met.
     *
     * @param floor of probabilities; 0 is none
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    static OpinionPool<Distribution, Distribution> logarithmic(double floor) {
        return new GeometricPool<>(new Distributions(floor), Exponents.SHARES, Optional.empty());
    }

    /**
     * The posterior of all that agents learnt one by one from a prior that they have in common: {@code q ∝ π Π (p_i/π)^{w_i}}.
     * With weights of 1, and observations that are independent given the state, it is what one agent would believe who had seen
     * them all, {@code π^{1−n} Π p_i}: the prior counts once. A weight below 1 discounts what an agent learnt.
     */
    static OpinionPool<Distribution, Distribution> posterior(Distribution prior) {
        return new GeometricPool<>(new Distributions(0), Exponents.WEIGHTS, Optional.of(prior));
    }

    /** The same of beliefs about numbers: precisions add up, {@code Λ = Λ_π + Σ w_i (Λ_i − Λ_π)}. */
    static OpinionPool<Gaussian, Gaussian> posterior(Gaussian prior) {
        return new GeometricPool<>(new Gaussians(), Exponents.WEIGHTS, Optional.of(prior));
    }

    /**
     * The product {@code Π N(μ_i, Λ_i⁻¹)^{w_i}} of beliefs of which none is known to the others: precision
     * {@code Λ = Σ w_i Λ_i}, mean {@code Λ⁻¹ Σ w_i Λ_i μ_i}. With weights of 1 it is Bayes' rule after a prior that says
     * nothing; what agents have in common is counted as often as it comes.
     */
    static OpinionPool<Gaussian, Gaussian> precisionWeighted() {
        return new GeometricPool<>(new Gaussians(), Exponents.WEIGHTS, Optional.empty());
    }

    /**
     * The logarithmic pool of beliefs about numbers: the same product with weights made to add up to 1, which is never surer
     * than what agents have in common allows, whatever that is (covariance intersection; Julier and Uhlmann 1997, "A
     * non-divergent estimation algorithm in the presence of unknown correlations").
     */
    static OpinionPool<Gaussian, Gaussian> covarianceIntersection() {
        return new GeometricPool<>(new Gaussians(), Exponents.SHARES, Optional.empty());
    }
}
