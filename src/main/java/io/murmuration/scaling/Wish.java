package io.murmuration.scaling;

import java.util.Map;

/** What a policy would have, and why. */
public sealed interface Wish {
    /** In words, with the numbers. */
    String reason();

    /**
     * A number of instances, which may be the present one.
     *
     * @param instances at least 0; bounds are not the policy's matter
     * @param figures what the policy computed on its way, by name, for the journal
     */
    record Target(int instances, String reason, Map<String, Double> figures) implements Wish {
        public Target(int instances, String reason) {
            this(instances, reason, Map.of());
        }
    }

    /** Whatever there is now; it counts as a vote. */
    record Hold(String reason) implements Wish {}

    /** No opinion, for want of data; it counts as no vote. */
    record Abstain(String reason) implements Wish {}
}
