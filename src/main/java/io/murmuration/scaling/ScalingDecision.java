package io.murmuration.scaling;

import java.time.Instant;
import java.util.List;

/**
 * What is to be done, and why.
 *
 * @param at the time of the metrics
 * @param present instances asked for when it was decided
 * @param recommended instances to ask for; the present number where nothing is to change
 * @param evaluations what each policy said
 * @param reasons how these became the recommendation, in words with the numbers, in the order in which they counted
 */
public record ScalingDecision(
        Instant at, int present, int recommended, List<PolicyEvaluation> evaluations, List<String> reasons) {
    public ScalingDecision {
        evaluations = List.copyOf(evaluations);
        reasons = List.copyOf(reasons);
    }

    public boolean isChange() {
        return recommended != present;
    }
}
