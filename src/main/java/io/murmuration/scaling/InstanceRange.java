package io.murmuration.scaling;

/**
 * Numbers of instances that are allowed.
 *
 * @param min fewest, at least 0
 * @param max most, at least {@code min}
 */
public record InstanceRange(int min, int max) {
    /** Allows every number. */
    public static final InstanceRange ANY = new InstanceRange(0, Integer.MAX_VALUE);

    public InstanceRange {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException(
                    "the bounds cross: at least " + min + " instances, at most " + max + ", expected 0 <= min <= max");
        }
    }
}
