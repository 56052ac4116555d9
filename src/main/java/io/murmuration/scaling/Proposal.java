package io.murmuration.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * A number of instances on its way from wishes to a decision.
 *
 * @param instances the number so far
 * @param reasons how it came about, in words, in the order in which they counted
 */
public record Proposal(int instances, List<String> reasons) {
    public Proposal {
        reasons = List.copyOf(reasons);
    }

    public Proposal(int instances, String reason) {
        this(instances, List.of(reason));
    }

    /** The same number, with something more to be said. */
    Proposal and(String reason) {
        return altered(instances, reason);
    }

    Proposal altered(int otherInstances, String reason) {
        List<String> all = new ArrayList<>(reasons);
        all.add(reason);
        return new Proposal(otherInstances, all);
    }

    Proposal atLeast(int floor, String reason) {
        return instances < floor ? altered(floor, reason) : this;
    }

    Proposal atMost(int ceiling, String reason) {
        return instances > ceiling ? altered(ceiling, reason) : this;
    }
}
