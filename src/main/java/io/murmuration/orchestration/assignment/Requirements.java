package io.murmuration.orchestration.assignment;

import java.util.Comparator;
import java.util.List;

/**
 * What a task asks of an agent. Tasks of equal requirements are equal to any agent.
 *
 * @param all by name, one a capability; put in the order of names, so that scores are added in one order
 */
public record Requirements(List<Requirement> all) {
    /** Any agent will do. */
    public static final Requirements NONE = new Requirements(List.of());

    /** @throws IllegalArgumentException if two requirements are of the same capability */
    public Requirements {
        all = all.stream().sorted(Comparator.comparing(Requirement::name)).toList();
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).name().equals(all.get(i - 1).name())) {
                throw new IllegalArgumentException(
                        "capability '" + all.get(i).name() + "' is required twice, expected one requirement of it");
            }
        }
    }

    public static Requirements of(Requirement... all) {
        return new Requirements(List.of(all));
    }

    /** Whether all are met without which an agent is out of the question. */
    public boolean allow(Capabilities capabilities) {
        for (Requirement requirement : all) {
            if (requirement.required() && !requirement.isMetBy(capabilities)) {
                return false;
            }
        }
        return true;
    }

    /** How well an agent meets them, from 0 to 1: the mean over all, and 1 where nothing is required. */
    public double score(Capabilities capabilities) {
        if (all.isEmpty()) {
            return 1;
        }
        double sum = 0;
        for (Requirement requirement : all) {
            sum += requirement.score(capabilities);
        }
        return sum / all.size();
    }
}
