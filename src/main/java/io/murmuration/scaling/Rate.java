package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** The rate of a counter between two readings. */
final class Rate {
    private Instant last = Instant.MIN;
    private OptionalDouble lastCount = OptionalDouble.empty();

    /**
     * Takes in a reading.
     *
     * @return counts a second since the reading before; empty where either could not be read, no time has passed, or the
     *     counter began anew
     */
    OptionalDouble next(Instant at, OptionalDouble count) {
        OptionalDouble rate = OptionalDouble.empty();
        if (count.isPresent()
                && lastCount.isPresent()
                && last.isBefore(at)
                && count.getAsDouble() >= lastCount.getAsDouble()) {
            Duration passed = Duration.between(last, at);
            double seconds = passed.getSeconds() + passed.getNano() / 1e9;
            rate = OptionalDouble.of((count.getAsDouble() - lastCount.getAsDouble()) / seconds);
        }
        last = at;
        lastCount = count;
        return rate;
    }
}
