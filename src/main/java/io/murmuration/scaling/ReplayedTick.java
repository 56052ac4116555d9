package io.murmuration.scaling;

/**
 * A tick of a journal, decided anew.
 *
 * @param recorded as it was then
 * @param decision as it is now
 */
public record ReplayedTick(JournalTick recorded, ScalingDecision decision) {
    /** Whether it was decided the same, with the same words. */
    public boolean isSame() {
        return decision.equals(recorded.decision());
    }
}
