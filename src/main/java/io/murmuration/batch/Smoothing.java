package io.murmuration.batch;

import java.io.Serializable;

/** Whether results also hold forward–backward beliefs, and how far they look ahead. */
public sealed interface Smoothing extends Serializable {
    /** How callers ask for whole histories. */
    String ALL = "all";

    /** Filtered beliefs only. */
    record None() implements Smoothing {
        @Override
        public String toString() {
            return "none";
        }
    }

    /**
     * The belief about a row in the light of a fixed number of later ones.
     *
     * @param rows at least 1
     */
    record FixedLag(int rows) implements Smoothing {
        @Override
        public String toString() {
            return Integer.toString(rows);
        }
    }

    /** The belief about a row in the light of all later ones of its agent. */
    record WholeHistory() implements Smoothing {
        @Override
        public String toString() {
            return ALL;
        }
    }

    /**
     * Understands what a caller writes.
     *
     * @param text a number of rows, or {@code all}
     * @throws CallerException if it is neither
     */
    static Smoothing parse(String text) {
        if (text.equals(ALL)) {
            return new WholeHistory();
        }
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0) {
            return new FixedLag(Integer.parseInt(text));
        }
        throw new CallerException("--smooth is " + text + ", expected a number of rows that is at least 1, or all");
    }
}
