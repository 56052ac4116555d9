package io.murmuration.scaling.policy;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScaleAction;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * Chooses among policies and their settings while it runs: each is tried out on the recent past in a plant of its own, and
 * the one that would have cost least is followed (follow the leader with a discounted loss; Cesa-Bianchi and Lugosi 2006,
 * Prediction, Learning, and Games, section 2.11). The load does not depend on the number of instances, so that what all
 * would have cost is known, and not only what was done.
 */
public final class RegretPolicy implements ScalingPolicy {
    /** After which a loss counts half. */
    private static final Duration HALF_LIFE = Duration.ofDays(1);
    /** Share by which another must have cost less for it to be followed instead. */
    private static final double WORTH_A_CHANGE = 0.02;

    /** Settings by policy. */
    private static final Map<String, List<String>> TRIED = new TreeMap<>(Map.of(
            "hpa-load", List.of("0.6", "0.8", "0.9"),
            "peak", List.of("0.8-0.8", "1-0.8", "1.3-0.8", "1-0.95"),
            "predictive", List.of("0.9", "0.96", "0.98", "0.99")));

    private static final Needs NEEDS = Needs.of(
            Metric.LOAD,
            Metric.QUEUED_WORK,
            Metric.INSTANCE_CAPACITY,
            Metric.ACTIVE_INSTANCES,
            Metric.PROVISIONING_TIME);

    private final double price;
    private final List<Candidate> candidates;
    private final double kept;
    private final MeanNeed meanNeed;
    /** Of all losses together, which approaches 1: until then a mean of losses has less than its full weight. */
    private double weight;

    private Candidate followed;
    private Wish wish = new Wish.Abstain("nothing was observed yet");

    /** A policy under trial: one is told what really is, its double what would be if it were followed. */
    private static final class Candidate {
        private final String name;
        private final ScalingPolicy policy;
        private final Trial trial;
        private double loss;

        Candidate(String name, Supplier<ScalingPolicy> factory, ScalingContext context) {
            this.name = name;
            policy = factory.get();
            trial = new Trial(factory.get(), context);
        }
    }

    private RegretPolicy(ScalingContext context, double price, List<Candidate> candidates) {
        this.price = price;
        this.candidates = candidates;
        followed = candidates.get(0);
        double interval = context.interval().toMillis();
        kept = Math.pow(0.5, interval / HALF_LIFE.toMillis());
        meanNeed = new MeanNeed(context);
    }

    /**
     * Chooses among the autoscaler of Kubernetes, the rule of the peak, and forecasts, each at several settings.
     *
     * @param price of an interval in violation, in intervals of the instances that the load needs on average; above 0
     */
    public static RegretPolicy of(ScalingContext context, double price) {
        PolicyCatalog catalog = PolicyCatalog.standard();
        List<Candidate> candidates = TRIED.entrySet().stream()
                .flatMap(tried -> tried.getValue().stream()
                        .map(setting -> new Candidate(
                                tried.getKey() + "@" + setting,
                                () -> catalog.create(tried.getKey(), Optional.of(setting), context),
                                context)))
                .toList();
        return new RegretPolicy(context, price, candidates);
    }

    @Override
    public String name() {
        return "regret";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        candidates.forEach(candidate -> candidate.policy.observe(metrics));
        wish = NEEDS.lackedBy(metrics).orElseGet(() -> follow(metrics));
    }

    private Wish follow(ResourceMetrics metrics) {
        double load = metrics.require(Metric.LOAD) / metrics.require(Metric.INSTANCE_CAPACITY);
        meanNeed.observe(load);
        weight = kept * weight + 1 - kept;
        for (Candidate candidate : candidates) {
            Trial.Outcome outcome = candidate.trial.step(metrics, load);
            double cost = outcome.billed() + (outcome.violated() ? price * meanNeed.value() : 0);
            candidate.loss = kept * candidate.loss + (1 - kept) * cost;
        }
        Candidate best =
                candidates.stream().min(Comparator.comparingDouble(c -> c.loss)).orElseThrow();
        if (best.loss < (1 - WORTH_A_CHANGE) * followed.loss) {
            followed = best;
        }
        return inWords(followed.policy.wish());
    }

    private Wish inWords(Wish followedWish) {
        if (!(followedWish instanceof Wish.Target target)) {
            return followedWish;
        }
        DoubleStream losses = candidates.stream().mapToDouble(candidate -> candidate.loss);
        String reason = String.format(
                Locale.ROOT,
                "%s would have cost least lately, %.2f instances (the dearest of %d policies %.2f): %s",
                followed.name,
                followed.loss / weight,
                candidates.size(),
                losses.max().orElseThrow() / weight,
                target.reason());
        return new Wish.Target(target.instances(), reason, Map.of("loss", followed.loss / weight));
    }

    @Override
    public void scaled(ScaleAction action) {
        candidates.forEach(candidate -> candidate.policy.scaled(action));
    }

    @Override
    public void clockSetBack(Instant now) {
        candidates.forEach(candidate -> {
            candidate.policy.clockSetBack(now);
            candidate.trial.clockSetBack(now);
        });
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
