package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when a condition has held without a break.
 *
 * @param since empty while it does not hold
 */
record Streak(Optional<Instant> since) {
    static final Streak NONE = new Streak(Optional.empty());

    /** The streak after the condition was looked at once more. */
    Streak next(boolean holds, Instant at) {
        if (!holds) {
            return NONE;
        }
        return since.isPresent() ? this : new Streak(Optional.of(at));
    }

    boolean isRunning() {
        return since.isPresent();
    }

    /** How long it has lasted. */
    Duration length(Instant now) {
        return since.map(begin -> Duration.between(begin, now)).orElse(Duration.ZERO);
    }
}
