package io.murmuration.orchestration.consensus;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a group of agents came to, and how.
 *
 * @param answer of all
 * @param rule how it was made, in words
 * @param voices of all agents, by name
 * @param notes what else there is to know, in sentences: vetoes, ties
 */
public record Consensus<B>(B answer, String rule, List<Voice> voices, List<String> notes) {
    /**
     * What became of an opinion.
     *
     * @param agent its name
     * @param share of all that counted, in [0, 1] where no opinion says less than the prior: the agent's weight over that of all,
     *     and in products of Gaussians the mean over directions of what part of the precision it brought. Shares add up to 1, or
     *     with a prior in common to what the prior's share leaves.
     * @param apart how far the agent is from the consensus: in linear pools {@code KL(opinion‖consensus)} and in products
     *     {@code KL(consensus‖opinion)}, in nats; in votes 0 for those who won and 1 for the others
     */
    public record Voice(String agent, double share, double apart) {}

    public Consensus {
        voices = List.copyOf(voices);
        notes = List.copyOf(notes);
    }

    /** In words: the rule, who counted how much and is how far away, and the notes. */
    public String why() {
        String counted = voices.stream()
                .map(voice -> String.format(
                        Locale.ROOT, "%s counts %.3g and is %.3g apart", voice.agent(), voice.share(), voice.apart()))
                .collect(Collectors.joining(", "));
        return Stream.concat(Stream.of(rule + ": " + counted), notes.stream()).collect(Collectors.joining("; "));
    }
}
