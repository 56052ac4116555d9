package io.murmuration.scaling.policy;

import io.murmuration.forecast.Analogues;
import io.murmuration.forecast.SamplingCadence;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import io.murmuration.scaling.plant.Provisioning;
import io.murmuration.scaling.policy.ScenarioPlanner.Cadence;
import io.murmuration.scaling.policy.ScenarioPlanner.Plan;
import io.murmuration.scaling.policy.ScenarioPlanner.Situation;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Plans over scenarios: learns when the load can change and what came after moments like this one, plays that through with
 * the instances there are and those on their way, and takes the number at which an instance more costs as much as the
 * violations that it saves. One price stands for all loads: what an interval in violation costs, in instances that the
 * load needs on average.
 */
public final class ScenarioPolicy implements ScalingPolicy {
    private static final int SCENARIOS = 80;
    private static final int MEMORY_SAMPLES = 9000;
    /** Loads that are small beside what one instance does are alike. */
    private static final double OFFSET = 0.3;
    /** Samples that it takes to plan by them. */
    private static final int ENOUGH = 30;
    /** Of the load, as long as there is too little history. */
    private static final double HEADROOM_AT_FIRST = 1.3;

    private static final Needs NEEDS = Needs.of(
            Metric.LOAD,
            Metric.QUEUED_WORK,
            Metric.INSTANCE_CAPACITY,
            Metric.ACTIVE_INSTANCES,
            Metric.PROVISIONING_TIME);

    private final String name;
    private final ScalingContext context;
    private final double price;
    private final ScenarioPlanner planner;
    private final SamplingCadence cadence;
    private final MeanNeed meanNeed;
    private Analogues analogues = new Analogues(OFFSET, MEMORY_SAMPLES, SCENARIOS);
    private Provisioning instances;
    private Optional<Foreseen> foreseen = Optional.empty();
    private int floor;
    private Wish wish = new Wish.Abstain("nothing was observed yet");

    /** Scenarios of so many values ahead, as they were found when so many samples had been seen. */
    private record Foreseen(int observed, int ahead, double[][] scenarios) {}

    private ScenarioPolicy(String name, ScalingContext context, double price, SamplingCadence cadence) {
        this.name = name;
        this.context = context;
        this.price = price;
        this.cadence = cadence;
        planner = new ScenarioPlanner(context);
        meanNeed = new MeanNeed(context);
    }

    /**
     * @param price of an interval in violation, in intervals of the instances that the load needs on average; above 0
     */
    public static ScenarioPolicy of(ScalingContext context, double price) {
        return of("auto", context, price, new SamplingCadence(SamplingCadence.LONGEST));
    }

    /** One that takes the load to change in any interval, and plans for every one of them. */
    public static ScenarioPolicy withoutCadence(ScalingContext context, double price) {
        return of("auto-no-cadence", context, price, new SamplingCadence(1));
    }

    private static ScenarioPolicy of(String name, ScalingContext context, double price, SamplingCadence cadence) {
        if (!(price > 0) || Double.isInfinite(price)) {
            throw new IllegalArgumentException("the price of a violation is " + price + ", expected a number above 0");
        }
        return new ScenarioPolicy(name, context, price, cadence);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        wish = NEEDS.lackedBy(metrics).orElseGet(() -> decide(metrics));
    }

    private Wish decide(ResourceMetrics metrics) {
        double capacity = metrics.require(Metric.INSTANCE_CAPACITY);
        double load = metrics.require(Metric.LOAD) / capacity;
        double queue = metrics.require(Metric.QUEUED_WORK) / capacity;
        follow(metrics);
        learn(metrics, load);
        Cadence changes = new Cadence(cadence.remaining(), cadence.period());
        int needed = planner.needed(load, queue);
        int ahead = ScenarioPlanner.ahead(instances.delay(), changes.period());
        if (analogues.observed() <= ENOUGH || analogues.moments(ahead) == 0) {
            int first = planner.needed(HEADROOM_AT_FIRST * load, queue);
            return new Wish.Target(
                    first,
                    String.format(
                            Locale.ROOT, "load %.2f and queue %.2f instances, no history to plan by yet", load, queue));
        }
        if (!changes.changesWithin(0, instances.delay())) {
            return new Wish.Target(
                    needed,
                    String.format(
                            Locale.ROOT,
                            "load %.2f and queue %.2f instances need %d; the load stays for %d intervals, an order takes %d",
                            load,
                            queue,
                            needed,
                            changes.remaining(),
                            instances.delay()));
        }
        Plan plan = planner.plan(
                new Situation(instances, load, queue, changes, scenarios(ahead)), price * meanNeed.value(), floor);
        floor = plan.floor();
        return new Wish.Target(
                Math.max(needed, floor), reason(load, queue, needed, plan, changes), figures(plan, changes));
    }

    /** They are the same until there is another sample, or more or fewer values ahead matter. */
    private double[][] scenarios(int ahead) {
        int observed = analogues.observed();
        if (foreseen.filter(known -> known.observed() == observed && known.ahead() == ahead)
                .isEmpty()) {
            foreseen = Optional.of(new Foreseen(observed, ahead, analogues.scenarios(ahead)));
        }
        return foreseen.orElseThrow().scenarios();
    }

    /** Keeps up with what is on its way. */
    private void follow(ResourceMetrics metrics) {
        int active = (int) metrics.require(Metric.ACTIVE_INSTANCES);
        int requested = (int) metrics.get(Metric.REQUESTED_INSTANCES, active);
        int delay = context.intervals(metrics.require(Metric.PROVISIONING_TIME));
        if (instances == null) {
            instances = new Provisioning(delay, active);
        }
        instances.setDelay(delay);
        instances.advance(requested);
        instances.reconcile(active);
    }

    private void learn(ResourceMetrics metrics, double load) {
        int periodBefore = cadence.period();
        cadence.observe(load);
        if (cadence.period() != periodBefore) {
            analogues = new Analogues(OFFSET, MEMORY_SAMPLES, SCENARIOS);
            foreseen = Optional.empty();
        }
        meanNeed.observe(load);
        if (cadence.isFresh()) {
            LocalTime time = LocalTime.ofInstant(metrics.timestamp(), ZoneOffset.UTC);
            analogues.observe(load, time.toSecondOfDay() / 3600.0);
        }
    }

    private static String reason(double load, double queue, int needed, Plan plan, Cadence changes) {
        return String.format(
                Locale.ROOT,
                "load %.2f and queue %.2f instances need %d; %d are the cheapest floor before the load changes in %d"
                        + " intervals: %.1f%% of the scenarios end in a violation",
                load,
                queue,
                needed,
                plan.floor(),
                changes.remaining(),
                100 * plan.risk());
    }

    private static Map<String, Double> figures(Plan plan, Cadence changes) {
        return Map.of("floor", (double) plan.floor(), "cost", plan.cost(), "risk", plan.risk(), "period", (double)
                changes.period());
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
