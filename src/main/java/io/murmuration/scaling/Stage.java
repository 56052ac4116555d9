package io.murmuration.scaling;

/**
 * One concern between what the policies wish and what is decided: it may alter the number, and says so where it does. A
 * stage knows of time what ticks and actions say.
 */
interface Stage {
    /** The number as this concern would have it; called once a tick, in the order of time. */
    Proposal refine(Proposal proposal, Tick tick);

    /** Takes in that the number of instances was changed. */
    default void scaled(ScaleAction action) {}

    /** Forgets what it saw: the clock jumped, and what came before does not compare with what comes. */
    default void forget() {}

    /** Takes in, after {@link #forget}, that the clock was set back: the dates of what was done mean nothing any more. */
    default void clockSetBack() {}
}
