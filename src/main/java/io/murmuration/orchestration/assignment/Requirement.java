package io.murmuration.orchestration.assignment;

/** What a task asks of one capability. */
public sealed interface Requirement {
    /** Of the capability. */
    String name();

    /** Whether an agent that does not meet this is out of the question, however well it meets the rest. */
    boolean required();

    /** How far it is met, from 0 to 1; 1 where it is met, and less everywhere else. */
    double score(Capabilities capabilities);

    /** Whether it is met in full. */
    boolean isMetBy(Capabilities capabilities);

    /**
     * A number that is large enough. Met in part, it scores capability / requirement. There is no such part of a requirement of 0
     * or below, where the ratio would fall as the capability rises, nor for a capability of 0 or below, or none: they score
     * 0 unless they meet the requirement. A capability that is absent meets nothing, not even a requirement of 0.
     *
     * @param atLeast finite, in the unit of the capability
     */
    record AtLeast(String name, double atLeast, boolean required) implements Requirement {
        /** @throws IllegalArgumentException if the number is not finite */
        public AtLeast {
            if (!Double.isFinite(atLeast)) {
                throw new IllegalArgumentException(
                        "requirement '" + name + "' is at least " + atLeast + ", expected a finite number");
            }
            atLeast += 0.0;
        }

        @Override
        public double score(Capabilities capabilities) {
            if (isMetBy(capabilities)) {
                return 1;
            }
            double capability = capabilities.number(name).orElse(0);
            return capability > 0 && atLeast > 0 ? capability / atLeast : 0;
        }

        @Override
        public boolean isMetBy(Capabilities capabilities) {
            return capabilities.number(name).orElse(Double.NaN) >= atLeast;
        }
    }

    /** One category and no other; it scores 1 or 0. */
    record Is(String name, String category, boolean required) implements Requirement {
        @Override
        public double score(Capabilities capabilities) {
            return isMetBy(capabilities) ? 1 : 0;
        }

        @Override
        public boolean isMetBy(Capabilities capabilities) {
            return capabilities.is(name, category);
        }
    }
}
