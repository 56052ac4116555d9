package io.murmuration.scaling;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Metrics without which a policy can say nothing.
 *
 * @param metrics all of them
 */
public record Needs(List<Metric> metrics) {
    public Needs {
        metrics = List.copyOf(metrics);
    }

    public static Needs of(Metric... metrics) {
        return new Needs(List.of(metrics));
    }

    /**
     * The abstention of a policy that lacks some of them, with the reason: one was not measured, or an instance is said to
     * do no work at all. Empty where nothing is amiss.
     */
    public Optional<Wish> lackedBy(ResourceMetrics measured) {
        String absent = metrics.stream()
                .filter(metric -> measured.get(metric).isEmpty())
                .map(Metric::key)
                .collect(Collectors.joining(", "));
        if (!absent.isEmpty()) {
            return Optional.of(new Wish.Abstain("not measured: " + absent));
        }
        OptionalDouble capacity = measured.get(Metric.INSTANCE_CAPACITY);
        return metrics.contains(Metric.INSTANCE_CAPACITY) && capacity.getAsDouble() <= 0
                ? Optional.of(new Wish.Abstain(
                        Metric.INSTANCE_CAPACITY + " is " + capacity.getAsDouble() + ", expected more than 0"))
                : Optional.empty();
    }
}
