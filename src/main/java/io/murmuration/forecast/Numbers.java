package io.murmuration.forecast;

import java.util.OptionalDouble;

/** The two tongues for a number that is not there: NaN within arrays, empty towards callers. */
final class Numbers {
    private Numbers() {}

    static OptionalDouble present(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
