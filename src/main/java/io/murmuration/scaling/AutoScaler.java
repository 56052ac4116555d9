package io.murmuration.scaling;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides how many instances there should be, from what its policies wish, and has it done: decide and apply, in a row. */
public final class AutoScaler {
    private final ScalingContext context;
    private final InstantSource clock;
    private final Map<String, ScalingPolicy> policies = new LinkedHashMap<>();

    public AutoScaler(ScalingContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    public synchronized void addScalingRule(ScalingPolicy policy) {
        policies.put(policy.name(), policy);
    }

    public synchronized void removeScalingRule(String name) {
        policies.remove(name);
    }

    /** Takes in a tick's metrics, asks every policy, and decides. */
    public synchronized ScalingDecision evaluateScaling(ResourceMetrics metrics) {
        int present = (int) metrics.get(Metric.REQUESTED_INSTANCES, metrics.get(Metric.ACTIVE_INSTANCES, 0));
        int wished = present;
        List<PolicyEvaluation> evaluations = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (ScalingPolicy policy : policies.values()) {
            policy.observe(metrics);
            Wish wish = policy.wish();
            evaluations.add(new PolicyEvaluation(policy.name(), wish));
            if (wish instanceof Wish.Target target) {
                wished = context.clip(target.instances());
                reasons.add(policy.name() + ": " + target.reason());
            }
        }
        return new ScalingDecision(metrics.timestamp(), present, wished, evaluations, reasons);
    }

    /** Has a decision carried out, once; a failure is an outcome, no exception. */
    public synchronized ScalingOutcome applyScalingDecision(ScalingDecision decision, InstanceController controller) {
        if (!decision.isChange()) {
            return new ScalingOutcome.Unchanged();
        }
        try {
            controller.scaleTo(decision.recommended());
        } catch (ScalingFailedException e) {
            return new ScalingOutcome.Failed(e.getMessage());
        }
        ScaleAction action = new ScaleAction(clock.instant(), decision.present(), decision.recommended());
        policies.values().forEach(policy -> policy.scaled(action));
        return new ScalingOutcome.Applied(action);
    }
}
