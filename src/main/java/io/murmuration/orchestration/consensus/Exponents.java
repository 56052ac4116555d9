package io.murmuration.orchestration.consensus;

/** To which powers beliefs are multiplied. */
enum Exponents {
    /** Weights, made to add up to 1: beliefs of the same evidence. */
    SHARES,
    /** Weights as they are: each belief has evidence of its own. */
    WEIGHTS
}
