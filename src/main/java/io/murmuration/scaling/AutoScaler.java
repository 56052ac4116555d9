package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides how many instances there should be, from what its policies wish, and has it done: decide and apply, in a row.
 * Wishes are combined ({@link Combination}), the number passes one stage a concern, and bounds have the last word. Where
 * metrics cannot be trusted (old ones, no count of instances, a clock that jumped) it holds, and says so.
 *
 * <p>What it decides follows from the metrics, from what it was told was done, and from the clock for the age of metrics
 * alone: another one that is told the same decides the same. Safe for use by several threads.
 */
public final class AutoScaler {
    private final ScalingContext context;
    private final ScalingBehaviour behaviour;
    private final InstantSource clock;
    private final Map<String, ScalingPolicy> policies = new LinkedHashMap<>();
    private final Fulfilment fulfilment;
    private final Effectiveness effectiveness;
    private final List<Stage> stages;
    private final Continuity continuity;
    private final ScalingHistory history;

    private Bounds bounds;
    private Optional<String> paused = Optional.empty();
    private Optional<ScalingDecision> lastDecision = Optional.empty();
    private Optional<ScaleAction> lastAction = Optional.empty();
    private long ups;
    private long downs;
    private long failures;

    public AutoScaler(ScalingContext context, InstantSource clock) {
        this(context, ScalingBehaviour.DEFAULT, clock);
    }

    /**
     * @param clock tells how old metrics are, and when a change was made
     * @throws IllegalArgumentException if bounds cross, naming both
     */
    public AutoScaler(ScalingContext context, ScalingBehaviour behaviour, InstantSource clock) {
        this.context = context;
        this.behaviour = behaviour;
        this.clock = clock;
        fulfilment = new Fulfilment(behaviour.patience());
        effectiveness = new Effectiveness(behaviour.effectiveShare(), behaviour.patience());
        stages = stages();
        continuity = new Continuity(longestGap());
        history = new ScalingHistory(behaviour.historySize());
        bounds = bounds(List.of());
    }

    /** The concerns in their order: what is worth following, what helps, what must be, what may be paid, how fast. */
    private List<Stage> stages() {
        List<Stage> all = new ArrayList<>();
        all.add(new Tolerance(behaviour.tolerance()));
        all.add(new Stabilisation(behaviour.stabiliseUp(), behaviour.stabiliseDown()));
        all.add(new Stepping(behaviour.step()));
        if (behaviour.effectiveShare() > 0) {
            all.add(effectiveness);
        }
        all.add(fulfilment);
        if (behaviour.usefulParallelism()) {
            all.add(new UsefulParallelism());
        }
        behaviour.schedules().forEach(schedule -> all.add(new ScheduledFloor(schedule)));
        behaviour
                .budget()
                .filter(budget -> budget.perDay().isPresent())
                .ifPresent(budget -> all.add(new DailyBudget(budget, context.minInstances())));
        behaviour.stepLimits().forEach(limit -> all.add(new StepLimiting(limit)));
        return List.copyOf(all);
    }

    /** The tightest bounds at all times with these policies; what holds at times must not cross them. */
    private Bounds bounds(Iterable<ScalingPolicy> used) {
        Bounds tightest = behaviour.bounds(context);
        for (ScalingPolicy policy : used) {
            InstanceRange range = policy.range();
            tightest = tightest.and(range.min(), range.max(), "the policy " + policy.name());
        }
        for (Schedule schedule : behaviour.schedules()) {
            tightest.and(schedule.minInstances(), Integer.MAX_VALUE, schedule.owner());
        }
        Optional<Budget> budget = behaviour.budget();
        if (budget.isPresent()) {
            tightest.and(0, budget.get().mostAllDay(), "the budget of a day");
        }
        return tightest;
    }

    private Duration staleAfter() {
        return context.interval().multipliedBy(behaviour.staleIntervals());
    }

    private Duration longestGap() {
        return context.interval().multipliedBy(behaviour.gapIntervals());
    }

    /**
     * Adds a policy, or replaces the one of its name.
     *
     * @throws IllegalArgumentException if its bounds cross others, naming both; nothing has changed then
     */
    public synchronized void addScalingRule(ScalingPolicy policy) {
        Map<String, ScalingPolicy> used = new LinkedHashMap<>(policies);
        used.put(policy.name(), policy);
        bounds = bounds(used.values());
        policies.put(policy.name(), policy);
    }

    /** Removes the policy of a name, if there is one. */
    public synchronized void removeScalingRule(String name) {
        policies.remove(name);
        bounds = bounds(policies.values());
    }

    /** Decides on, but does not carry out changes any more until {@link #resume}. */
    public synchronized void pause(String reason) {
        paused = Optional.of(reason);
    }

    /** Ends a pause. */
    public synchronized void resume() {
        paused = Optional.empty();
    }

    /**
     * Takes in a tick's metrics, asks every policy, and decides. Metrics of the same time as the last ones are the last
     * ones: asked again, it says the same. Where no provisioning time was measured, policies are shown the assumed one.
     *
     * @param metrics with {@link Metric#REQUESTED_INSTANCES}, or {@link Metric#ACTIVE_INSTANCES} where whoever gives
     *     instances gives them at once: those on their way are asked for again else
     * @throws RuntimeException what a policy throws, which is a bug of it; the next tick goes on
     */
    public synchronized ScalingDecision evaluateScaling(ResourceMetrics metrics) {
        if (lastDecision.isPresent() && lastDecision.get().at().equals(metrics.timestamp())) {
            return lastDecision.get();
        }
        ScalingDecision decision = decide(assumingWhatIsNotKnownYet(metrics));
        lastDecision = Optional.of(decision);
        return decision;
    }

    /**
     * A policy that has to know how long an instance takes to come would ask for none, and it would never be measured: it is
     * shown what is assumed instead.
     */
    private ResourceMetrics assumingWhatIsNotKnownYet(ResourceMetrics metrics) {
        return metrics.assuming(
                Metric.PROVISIONING_TIME, behaviour.assumedProvisioning().toMillis() / 1e3);
    }

    private ScalingDecision decide(ResourceMetrics metrics) {
        Continuity.Next next = continuity.next(metrics.timestamp());
        if (next != Continuity.Next.IN_ORDER) {
            stages.forEach(Stage::forget);
        }
        if (next == Continuity.Next.BACK) {
            stages.forEach(Stage::clockSetBack);
            policies.values().forEach(policy -> policy.clockSetBack(metrics.timestamp()));
        } else {
            policies.values().forEach(policy -> policy.observe(metrics));
        }
        List<PolicyEvaluation> evaluations = policies.values().stream()
                .map(policy -> new PolicyEvaluation(policy.name(), policy.wish()))
                .toList();
        Tick tick = new Tick(metrics, present(metrics));
        Optional<String> unsafe = unsafe(metrics, next);
        Proposal proposal = unsafe.isPresent()
                ? new Proposal(tick.present(), unsafe.get())
                : bounds.clip(refine(combine(tick, evaluations), tick));
        if (!metrics.unusable().isEmpty()) {
            proposal = proposal.and("measured, but no finite number: " + metrics.unusable());
        }
        return new ScalingDecision(
                metrics.timestamp(), tick.present(), proposal.instances(), evaluations, proposal.reasons());
    }

    /** Instances asked for, by the metrics or else by what was done last. */
    private int present(ResourceMetrics metrics) {
        OptionalInt requested = metrics.requestedInstances();
        return requested.orElseGet(() -> lastAction.map(ScaleAction::to).orElse(0));
    }

    /** Why these metrics are not acted upon. */
    private Optional<String> unsafe(ResourceMetrics metrics, Continuity.Next next) {
        Duration age = Duration.between(metrics.timestamp(), clock.instant());
        if (next == Continuity.Next.BACK) {
            return Optional.of("hold: the clock went back to " + metrics.timestamp() + " from "
                    + lastDecision.map(decision -> decision.at().toString()).orElse("a later time"));
        }
        if (next == Continuity.Next.LEAP) {
            return Optional.of("hold: the clock leapt, or nothing was measured, for more than "
                    + DurationText.of(longestGap()) + " before " + metrics.timestamp());
        }
        if (age.compareTo(staleAfter()) > 0) {
            return Optional.of("hold: the metrics are stale, " + DurationText.of(age) + " old, expected at most "
                    + DurationText.of(staleAfter()));
        }
        if (metrics.requestedInstances().isEmpty()) {
            return Optional.of("hold: neither " + Metric.REQUESTED_INSTANCES + " nor " + Metric.ACTIVE_INSTANCES
                    + " was measured");
        }
        return Optional.empty();
    }

    private Proposal combine(Tick tick, List<PolicyEvaluation> evaluations) {
        return evaluations.isEmpty()
                ? new Proposal(tick.present(), "hold: there is no policy")
                : behaviour.combination().combine(tick.present(), evaluations);
    }

    private Proposal refine(Proposal combined, Tick tick) {
        Proposal proposal = combined;
        for (Stage stage : stages) {
            proposal = stage.refine(proposal, tick);
        }
        return proposal;
    }

    /**
     * Has a decision carried out, once: applied again, it returns what became of it. A failure that the controller tells
     * is an outcome, no exception.
     *
     * @throws RuntimeException what else the controller throws, which is a bug of it and keeps its stack trace; nothing is
     *     recorded then, and the decision may be applied again
     */
    public synchronized ScalingOutcome applyScalingDecision(ScalingDecision decision, InstanceController controller) {
        if (!decision.isChange()) {
            return new ScalingOutcome.Unchanged();
        }
        Optional<ScalingOutcome> earlier = history.outcomeOf(decision);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        ScalingOutcome outcome = carryOut(decision, controller);
        settle(decision, outcome);
        return outcome;
    }

    private ScalingOutcome carryOut(ScalingDecision decision, InstanceController controller) {
        Optional<String> advisory = advisory();
        if (advisory.isPresent()) {
            return new ScalingOutcome.Advised(advisory.get());
        }
        try {
            controller.scaleTo(decision.recommended());
        } catch (ScalingFailedException e) {
            return new ScalingOutcome.Failed(e.getMessage());
        }
        return new ScalingOutcome.Applied(new ScaleAction(clock.instant(), decision.present(), decision.recommended()));
    }

    /** Takes in what became of a decision to change something, this autoscaler's or, in a replay, another's; once. */
    synchronized void settle(ScalingDecision decision, ScalingOutcome outcome) {
        if (outcome instanceof ScalingOutcome.Unchanged
                || history.outcomeOf(decision).isPresent()) {
            return;
        }
        history.add(new ScalingRecord(decision, outcome));
        if (outcome instanceof ScalingOutcome.Failed) {
            failures++;
        } else if (outcome instanceof ScalingOutcome.Applied applied) {
            settle(applied.action());
        }
    }

    private void settle(ScaleAction action) {
        if (action.isUp()) {
            ups++;
        } else {
            downs++;
        }
        lastAction = Optional.of(action);
        policies.values().forEach(policy -> policy.scaled(action));
        stages.forEach(stage -> stage.scaled(action));
    }

    private Optional<String> advisory() {
        return behaviour.advisory()
                ? Optional.of("the autoscaler is set to advise only")
                : paused.map(reason -> "paused: " + reason);
    }

    /** Changes decided on from a moment on, oldest first, each with its reasons and what became of it; bounded. */
    public synchronized List<ScalingRecord> getScalingHistory(Instant since) {
        return history.since(since);
    }

    /** How it stands. */
    public synchronized ScalingStatus getScalingStatus() {
        return new ScalingStatus(
                bounds.min(),
                bounds.max(),
                List.copyOf(policies.keySet()),
                policies.values().stream()
                        .filter(ScalingRule.class::isInstance)
                        .map(policy -> ((ScalingRule) policy).getScalingStatistics())
                        .toList(),
                lastDecision,
                lastAction,
                advisory(),
                fulfilment.unfulfilled(),
                effectiveness.ineffective(),
                ups,
                downs,
                failures);
    }
}
