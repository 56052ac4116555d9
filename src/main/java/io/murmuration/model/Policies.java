package io.murmuration.model;

import java.io.Serializable;
import java.util.Arrays;

/** The sequences of joint actions that an agent chooses from: all of a length, or a list. */
public final class Policies implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int length;
    private final int factors;
    /** [policy][step][factor], flattened. */
    private final int[] actions;

    private Policies(int length, int factors, int[] actions) {
        this.length = length;
        this.factors = factors;
        this.actions = actions;
    }

    /**
     * The number of policies that {@link #every} would make, as a double because it may be beyond any integer.
     */
    public static double countOfEvery(int length, int... actionsOfFactor) {
        double joint = 1;
        for (int n : actionsOfFactor) {
            joint *= n;
        }
        return Math.pow(joint, length);
    }

    /** Every sequence of joint actions of the given length, the last factor and step varying fastest. */
    public static Policies every(int length, int... actionsOfFactor) {
        int factors = actionsOfFactor.length;
        int count = (int) countOfEvery(length, actionsOfFactor);
        int width = length * factors;
        int[] actions = new int[Math.multiplyExact(count, width)];
        int[] digits = new int[width];
        for (int p = 0; p < count; p++) {
            System.arraycopy(digits, 0, actions, p * width, width);
            for (int i = width - 1; i >= 0 && ++digits[i] == actionsOfFactor[i % factors]; i--) {
                digits[i] = 0;
            }
        }
        return new Policies(length, factors, actions);
    }

    /** The given policies, {@code [policy][step][factor]}, all of one length. */
    public static Policies of(int[][][] policies) {
        int length = policies[0].length;
        int factors = policies[0][0].length;
        int[] actions = Arrays.stream(policies)
                .flatMap(Arrays::stream)
                .flatMapToInt(Arrays::stream)
                .toArray();
        return new Policies(length, factors, actions);
    }

    /** Number of policies. */
    public int count() {
        return actions.length / (length * factors);
    }

    /** Number of steps of every policy. */
    public int length() {
        return length;
    }

    /** Number of factors that every step names an action for. */
    public int factors() {
        return factors;
    }

    /** The action of a factor at a step of a policy. */
    public int action(int policy, int step, int factor) {
        return actions[(policy * length + step) * factors + factor];
    }
}
