package io.murmuration.batch;

import java.util.Map;
import java.util.TreeMap;

/**
 * Why a row of observations cannot be used.
 *
 * @param code stable, for programs
 * @param reason a sentence with the value, for people
 */
public record Rejection(Code code, String reason) {

    /** The kinds of rejection; {@link #text} is what stands in the {@code code} column. */
    public enum Code {
        MALFORMED_ROW("malformed-row"),
        MISSING_AGENT("missing-agent"),
        MISSING_TIME("missing-time"),
        BAD_TIME("bad-time"),
        MISSING_MODEL("missing-model"),
        UNKNOWN_MODEL("unknown-model"),
        WRONG_SHAPE("wrong-shape"),
        WRONG_TYPE("wrong-type"),
        UNKNOWN_OUTCOME("unknown-outcome"),
        OUTCOME_OUT_OF_RANGE("outcome-out-of-range"),
        NOT_FINITE("not-finite"),
        BAD_ACTION("bad-action"),
        CONFLICTING_ROWS("conflicting-rows"),
        LATE("late"),
        OFF_STEP("off-step");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Counts of rejections by code, of two parts together. */
    public static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new TreeMap<>(one);
        other.forEach((code, count) -> sum.merge(code, count, Long::sum));
        return sum;
    }
}
