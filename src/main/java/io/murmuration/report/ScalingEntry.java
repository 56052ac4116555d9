package io.murmuration.report;

import java.time.Instant;
import java.util.List;

/**
 * A decision as a page tells it. The same decision with the same outcome, tick after tick, is one entry.
 *
 * @param first when it was made
 * @param last when it was made again for the last time; {@code first} if it was not
 * @param ticks how many times it was made, at least 1
 * @param from instances asked for before
 * @param to instances that were recommended; {@code from} where nothing was to change
 * @param voices what each policy said, the first time
 * @param reasons how these became the recommendation, in words, in the order in which they counted, the first time
 * @param outcome what became of it
 */
public record ScalingEntry(
        Instant first,
        Instant last,
        int ticks,
        int from,
        int to,
        List<Voice> voices,
        List<String> reasons,
        Outcome outcome) {

    /**
     * What a policy said.
     *
     * @param policy its name
     * @param wish a number of instances, or a word for none
     * @param reason in words, with the numbers
     */
    public record Voice(String policy, String wish, String reason) {}

    /**
     * What became of a decision.
     *
     * @param kind in short
     * @param why in words; empty where there is no more to say
     */
    public record Outcome(Kind kind, String why) {
        String inWords() {
            return why.isEmpty() ? kind.word : kind.word + ": " + why;
        }
    }

    /** The outcomes there are. */
    public enum Kind {
        UNCHANGED("nothing to change"),
        APPLIED("carried out"),
        ADVISED("only advised"),
        FAILED("failed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    public ScalingEntry {
        voices = List.copyOf(voices);
        reasons = List.copyOf(reasons);
    }

    /** A decision that was made once. */
    public static ScalingEntry once(
            Instant at, int from, int to, List<Voice> voices, List<String> reasons, Outcome outcome) {
        return new ScalingEntry(at, at, 1, from, to, voices, reasons, outcome);
    }

    public boolean isChange() {
        return from != to;
    }

    /** Whether another one decides the same, with the same outcome; what was said may differ in its numbers. */
    public boolean isRepeatedBy(ScalingEntry other) {
        return from == other.from && to == other.to && outcome.equals(other.outcome);
    }

    /** The entry for both, where the other one comes next and repeats this one. */
    public ScalingEntry and(ScalingEntry other) {
        return new ScalingEntry(first, other.last, ticks + other.ticks, from, to, voices, reasons, outcome);
    }
}
