package io.murmuration.scaling;

import java.util.Comparator;
import java.util.List;

/**
 * The largest wish counts, one to hold being a wish for the present number; while a policy abstains for want of data,
 * nothing is taken away. (As the Kubernetes Horizontal Pod Autoscaler combines metrics: kubernetes.io, "Algorithm
 * details".)
 */
public record LargestWish() implements Combination {
    @Override
    public String name() {
        return "max";
    }

    @Override
    public Proposal combine(int present, List<PolicyEvaluation> evaluations) {
        PolicyEvaluation largest = evaluations.stream()
                .max(Comparator.comparingInt(evaluation -> wished(evaluation, present)))
                .orElseThrow();
        return new Proposal(Math.max(0, wished(largest, present)), largest.text());
    }

    private static int wished(PolicyEvaluation evaluation, int present) {
        return evaluation.wish() instanceof Wish.Target target ? target.instances() : present;
    }
}
