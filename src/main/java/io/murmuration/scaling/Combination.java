package io.murmuration.scaling;

import java.util.List;

/** How the wishes of several policies become one number. */
public sealed interface Combination permits MajorityVote, LargestWish {
    /** Its name in settings. */
    String name();

    /**
     * One number from all wishes; the present one where nothing is to change.
     *
     * @param present instances asked for
     * @param evaluations what each policy said, one at least
     */
    Proposal combine(int present, List<PolicyEvaluation> evaluations);

    /**
     * The combination of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Combination named(String name) {
        return List.of(new MajorityVote(), new LargestWish()).stream()
                .filter(combination -> combination.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\", expected vote or max"));
    }
}
