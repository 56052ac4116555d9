package io.murmuration.summary;

/**
 * Steps in buckets: the first 256 each for itself, afterwards 64 an octave, so that what is kept by step stays bounded for
 * agents of a million steps, and does not depend on how long any agent lives.
 */
final class StepBuckets {
    private static final int SINGLE = 256;
    private static final int BITS = 6;

    private StepBuckets() {}

    /** The bucket of a step, from 0. */
    static int of(long step) {
        if (step < SINGLE) {
            return (int) step;
        }
        int octave = 63 - Long.numberOfLeadingZeros(step);
        int part = (int) (step >>> (octave - BITS)) & ((1 << BITS) - 1);
        return SINGLE + ((octave - 8) << BITS) + part;
    }

    /** The first step of a bucket. */
    static long first(int bucket) {
        if (bucket < SINGLE) {
            return bucket;
        }
        int octave = ((bucket - SINGLE) >>> BITS) + 8;
        long part = (bucket - SINGLE) & ((1L << BITS) - 1);
        return (1L << octave) + (part << (octave - BITS));
    }
}
