package io.murmuration.scaling;

import java.util.List;
import java.util.Optional;

/**
 * How an autoscaler stands.
 *
 * @param minInstances the tightest lower bound at all times, without schedules
 * @param maxInstances the tightest upper bound at all times, without what a day's budget leaves
 * @param policies names of the policies in use, in the order in which they were added
 * @param rules how each rule among them stands
 * @param lastDecision the latest one; empty before the first tick
 * @param lastAction the latest change; empty before the first
 * @param advisory why changes are not carried out; empty where they are
 * @param unfulfilled what was asked for and is not given, in words; empty where all is there
 * @param ineffective that the last climb did not help, in words; empty where it did or is not known
 * @param ups changes to more instances so far
 * @param downs changes to fewer instances so far
 * @param failures changes that could not be made so far
 */
public record ScalingStatus(
        int minInstances,
        int maxInstances,
        List<String> policies,
        List<ScalingStatistics> rules,
        Optional<ScalingDecision> lastDecision,
        Optional<ScaleAction> lastAction,
        Optional<String> advisory,
        Optional<String> unfulfilled,
        Optional<String> ineffective,
        long ups,
        long downs,
        long failures) {
    public ScalingStatus {
        policies = List.copyOf(policies);
        rules = List.copyOf(rules);
    }
}
