package io.murmuration.batch;

import io.murmuration.batch.ObservationBatch.Resumed;
import java.util.Optional;

/**
 * Observations of one key each, in the order of (model, agent, time), one at a time: {@link #advance} moves to the next
 * observation, or to a state that an agent goes on from; the other methods tell of the one that is current.
 */
interface ObservationCursor {

    /** Moves on; false at the end. */
    boolean advance();

    /** The place of the agent's model in the fleet. */
    int model();

    String agent();

    /** The integer {@code t}, or microseconds since the epoch. */
    long time();

    /** Present where this is no observation, but a state to go on from; it comes before the agent's observations. */
    Optional<Resumed> resumed();

    /** Whether the agent begins anew with this observation, though there are earlier ones of it. */
    boolean begins();

    /** The elements of the observation, NaN where missing; overwritten when the cursor moves on. */
    double[] observation();

    /** The recorded action, NaN where there is none; overwritten when the cursor moves on. */
    double[] action();

    /** Puts the row of the current observation among the rejected ones; it is for the caller to move on. */
    void reject(Rejection rejection);
}
