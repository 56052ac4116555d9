package io.murmuration.orchestration.matching;

import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.Requirement;
import io.murmuration.orchestration.assignment.Requirement.AtLeast;
import io.murmuration.orchestration.assignment.Requirement.Is;
import io.murmuration.orchestration.assignment.Requirements;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Groups of tasks as flat arrays: the requirements of group t are those from start[t] to before start[t + 1], in the order of
 * names, in which scores are added.
 */
public final class Demands implements Serializable {
    private static final long serialVersionUID = 1L;

    final int[] start;
    /** Numbers of numeric capabilities, and after all of them those of categorical ones. */
    final int[] capability;
    /** The number that is enough. */
    final double[] atLeast;
    /** The category. */
    final int[] category;

    final boolean[] required;
    final int[] counts;

    private Demands(Builder builder) {
        start = Arrays.copyOf(builder.start, builder.size + 1);
        int all = start[builder.size];
        capability = Arrays.copyOf(builder.capability, all);
        atLeast = Arrays.copyOf(builder.atLeast, all);
        category = Arrays.copyOf(builder.category, all);
        required = Arrays.copyOf(builder.required, all);
        counts = Arrays.copyOf(builder.counts, builder.size);
    }

    /** How many groups there are. */
    public int size() {
        return counts.length;
    }

    /** How many tasks there are in a group. */
    public int count(int group) {
        return counts[group];
    }

    /** How many requirements a group has. */
    int requirements(int group) {
        return start[group + 1] - start[group];
    }

    /** How far a number meets what is enough, from 0 to 1: that of {@link AtLeast#score}; it never falls as the number rises. */
    static double met(double number, double enough) {
        if (number >= enough) {
            return 1;
        }
        return number > 0 && enough > 0 ? number / enough : 0;
    }

    /** The score of a sum over a group's requirements, in millionths: that of {@link Requirements#score}. */
    int score(int group, double sum) {
        int all = requirements(group);
        return all == 0 ? AssignmentProblem.ONE : (int) Math.round(sum / all * AssignmentProblem.ONE);
    }

    /** Takes groups one by one. */
    public static final class Builder {
        private final Profiles profiles;
        private int[] start = new int[17];
        private int[] capability = new int[16];
        private double[] atLeast = new double[16];
        private int[] category = new int[16];
        private boolean[] required = new boolean[16];
        private int[] counts = new int[16];
        private int size;

        /** @param profiles of the agents: requirements are told by the numbers that capabilities have there */
        public Builder(Profiles profiles) {
            this.profiles = profiles;
        }

        /**
         * Adds a group.
         *
         * @throws IllegalArgumentException if agents have no such capability
         */
        public Builder add(Requirements requirements, int count) {
            makeRoom();
            start[size + 1] = start[size];
            for (Requirement requirement : requirements.all()) {
                add(requirement);
            }
            counts[size++] = count;
            return this;
        }

        private void add(Requirement requirement) {
            int at = start[size + 1]++;
            if (at == capability.length) {
                capability = Arrays.copyOf(capability, 2 * at);
                atLeast = Arrays.copyOf(atLeast, 2 * at);
                category = Arrays.copyOf(category, 2 * at);
                required = Arrays.copyOf(required, 2 * at);
            }
            required[at] = requirement.required();
            if (requirement instanceof AtLeast number) {
                capability[at] = known(number.name(), profiles.numeric.indexOf(number.name()));
                atLeast[at] = number.atLeast();
            } else if (requirement instanceof Is is) {
                int known = known(is.name(), profiles.categorical.indexOf(is.name()));
                capability[at] = profiles.numeric.size() + known;
                category[at] = profiles.category(known, is.category());
            }
        }

        private static int known(String name, int number) {
            if (number >= 0) {
                return number;
            }
            throw new IllegalArgumentException("a task requires '" + name + "', which is no capability of the agents");
        }

        private void makeRoom() {
            if (size == counts.length) {
                counts = Arrays.copyOf(counts, 2 * size);
                start = Arrays.copyOf(start, 2 * size + 1);
            }
        }

        public Demands build() {
            return new Demands(this);
        }
    }
}
