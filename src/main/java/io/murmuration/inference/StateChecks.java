package io.murmuration.inference;

/** Refuses values of an {@link AgentState} that no agent can have come to: a state may come from anywhere. */
final class StateChecks {
    private StateChecks() {}

    /**
     * Checks that there are as many values as the model needs.
     *
     * @throws IllegalArgumentException with a sentence that says how many there are
     */
    static void size(String what, int actual, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    "The state's " + what + " has " + actual + " values, but the model's has " + expected);
        }
    }

    /**
     * Checks that values are finite.
     *
     * @throws IllegalArgumentException with a sentence that says which is not
     */
    static void finite(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "Value " + i + " of the state's " + what + " is " + values[i] + ", expected a finite number");
            }
        }
    }

    /**
     * Checks that a value is one of a number of indices.
     *
     * @throws IllegalArgumentException with a sentence that says what it is
     */
    static void index(String what, double value, int count) {
        if (!(value >= 0 && value < count && value == Math.rint(value))) {
            throw new IllegalArgumentException(
                    "The state's " + what + " is " + value + ", expected an integer from 0 to " + (count - 1));
        }
    }
}
