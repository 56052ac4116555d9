package io.murmuration.orchestration;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** The first of several instants that may not be there. */
final class Earliest {
    private Earliest() {}

    @SafeVarargs
    static Optional<Instant> of(Optional<Instant>... instants) {
        return Arrays.stream(instants).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }
}
