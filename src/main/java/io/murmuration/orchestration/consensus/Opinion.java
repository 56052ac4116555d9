package io.murmuration.orchestration.consensus;

import java.util.Objects;

/**
 * What an agent answers, and how much that is to count.
 *
 * @param agent its name, not blank
 * @param answer a choice, a {@link Distribution} or a {@link Gaussian}
 * @param weight at least 0 and finite; what it means, the {@link OpinionPool} says
 */
public record Opinion<A>(String agent, A answer, double weight) {
    /** @throws IllegalArgumentException if the agent is blank, or the weight negative, NaN or infinite */
    public Opinion {
        if (agent.isBlank()) {
            throw new IllegalArgumentException("An opinion is of nobody: the agent is blank, expected its name");
        }
        Objects.requireNonNull(answer, "answer");
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The opinion of " + agent + " has weight " + weight + ", expected a finite number of at least 0");
        }
    }

    /** An opinion of weight 1. */
    public static <A> Opinion<A> of(String agent, A answer) {
        return new Opinion<>(agent, answer, 1);
    }
}
