package io.murmuration.scaling;

/** How far one change goes towards the number that is wished for. */
public sealed interface Step {
    /** Where a change gets to that starts from the present number; the present one if the target is. */
    int towards(int present, int target);

    /** How a step is written in settings. */
    String TEXTS = "one, target, or a share such as 25 %";

    /**
     * Reads a step as it is written in settings.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Step parse(String text) {
        return switch (text) {
            case "one" -> new One();
            case "target" -> new ToTarget();
            default -> new Proportion(SettingsSection.percent(text));
        };
    }

    /** One instance more or fewer. */
    record One() implements Step {
        @Override
        public int towards(int present, int target) {
            return present + Integer.signum(target - present);
        }
    }

    /**
     * A share of the present number, one instance at least, and not past the target.
     *
     * @param share over 0
     */
    record Proportion(double share) implements Step {
        public Proportion {
            if (!(share > 0)) {
                throw new IllegalArgumentException("the share of a step is " + share + ", expected more than 0");
            }
        }

        @Override
        public int towards(int present, int target) {
            int most = (int) Math.max(1, Math.floor(share * present));
            return present + Math.max(-most, Math.min(most, target - present));
        }
    }

    /** All the way. */
    record ToTarget() implements Step {
        @Override
        public int towards(int present, int target) {
            return target;
        }
    }
}
