package io.murmuration.scaling;

/** The port that acts: whatever starts and ends instances of one kind. */
public interface InstanceController {
    /** What there is now. */
    InstanceCounts counts();

    /**
     * Asks for so many instances in all. Asking again for the same number changes nothing; that it was asked for does not
     * mean that it is there.
     *
     * @throws ScalingFailedException if that cannot be done, with the reason; nothing has changed then
     */
    void scaleTo(int instances) throws ScalingFailedException;
}
