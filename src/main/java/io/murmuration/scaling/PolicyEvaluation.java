package io.murmuration.scaling;

/**
 * What one policy said at a tick.
 *
 * @param policy its name
 * @param wish what it would have, and why
 */
public record PolicyEvaluation(String policy, Wish wish) {
    /** Who said what, for a list of reasons. */
    String text() {
        return policy + ": " + wish.reason();
    }
}
