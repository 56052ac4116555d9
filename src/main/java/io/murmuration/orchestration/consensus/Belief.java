package io.murmuration.orchestration.consensus;

/** A distribution of probability over what is not known. */
public sealed interface Belief<B extends Belief<B>> permits Distribution, Gaussian {
    /** How many states there are, or dimensions. */
    int size();

    /**
     * The Kullback–Leibler divergence {@code KL(this‖other)} in nats: at least 0, and infinite where this belief holds possible
     * what the other one rules out.
     *
     * @param other of the same size
     */
    double divergence(B other);
}
