package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a rule stands.
 *
 * @param rule its name
 * @param ups changes to more instances that it was told of
 * @param downs changes to fewer
 * @param lastAction when the number was changed last; empty if it never was
 * @param coolDown how long it holds after a change
 * @param coolDownRemaining how much of that remains; zero where it is over
 */
public record ScalingStatistics(
        String rule,
        long ups,
        long downs,
        Optional<Instant> lastAction,
        Duration coolDown,
        Duration coolDownRemaining) {}
