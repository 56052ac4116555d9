package io.murmuration.scaling.policy;

import io.murmuration.forecast.Autoregression;
import io.murmuration.forecast.Forecaster;
import io.murmuration.forecast.HoltWinters;
import io.murmuration.forecast.LastValue;
import io.murmuration.forecast.QuantileBlend;
import io.murmuration.forecast.QuantileForecast;
import io.murmuration.forecast.RecentQuantile;
import io.murmuration.forecast.Resampled;
import io.murmuration.forecast.SeasonalHoltWinters;
import io.murmuration.forecast.SeasonalNaive;
import io.murmuration.forecast.Smoothing;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Instances for the load that is to come until an instance asked for now works: a quantile of the demand from now to the
 * provisioning time and a tick, learnt from the errors of several forecasters ({@link QuantileBlend}), and the queue done
 * within the delay target. The greatest wish of the last ticks is held.
 *
 * <p>The demand to come is counted in instances, and as the tolerable one: a queue may take half the delay target, the other
 * half being left for what the forecast misses. A tick without its metrics is a missing value to the forecasters.
 */
public final class PredictivePolicy implements ScalingPolicy {
    private static final Needs NEEDS =
            Needs.of(Metric.LOAD, Metric.QUEUED_WORK, Metric.INSTANCE_CAPACITY, Metric.PROVISIONING_TIME);
    private static final Duration DAY = Duration.ofDays(1);
    /** The resolution of models with seasons, and of the autoregression. */
    private static final Duration RESOLUTION = Duration.ofMinutes(5);
    /** Forecasts under this many instances are rounding. */
    private static final double LEAST_INSTANCES = 0.2;
    /** Rounding that is no demand for another instance. */
    private static final double ROUNDING = 1e-9;

    private static final int HELD = 2;

    private final ScalingContext context;
    private final double quantile;
    private final double delayTarget;
    private final List<Forecaster> forecasters;
    private final Deque<Integer> wishes = new ArrayDeque<>();
    private QuantileBlend blend;
    private TolerableDemand demand;
    private Wish wish = new Wish.Abstain("nothing was observed yet");

    private PredictivePolicy(ScalingContext context, double quantile) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException(
                    "the quantile of predictive is " + quantile + ", expected more than 0 and less than 1");
        }
        this.context = context;
        this.quantile = quantile;
        delayTarget =
                (double) context.delayTarget().toMillis() / context.interval().toMillis();
        forecasters = forecasters(context);
    }

    /**
     * @param quantile of the demand to come that is covered, between 0 and 1: the main setting, more is safer and dearer
     */
    public static PredictivePolicy of(ScalingContext context, double quantile) {
        return new PredictivePolicy(context, quantile);
    }

    private static List<Forecaster> forecasters(ScalingContext context) {
        int resolution = context.intervals(RESOLUTION);
        int blocksADay = Math.max(2, (int) Math.round((double) context.intervals(DAY) / resolution));
        int hour = context.intervals(Duration.ofHours(1));
        Stream<Forecaster> fine = Stream.of(
                new LastValue(),
                RecentQuantile.of(0.5, resolution),
                RecentQuantile.of(0.9, resolution),
                RecentQuantile.of(0.9, Math.max(1, hour / 4)),
                RecentQuantile.of(0.5, hour),
                RecentQuantile.of(0.9, hour),
                RecentQuantile.of(1, hour),
                RecentQuantile.of(0.9, 4 * hour),
                HoltWinters.of(new Smoothing(0.2, 0, 0, 0)),
                HoltWinters.of(new Smoothing(0.05, 0, 0, 0)));
        Stream<Forecaster> coarse = Stream.of(
                        SeasonalHoltWinters.of(blocksADay),
                        SeasonalNaive.of("yesterday", blocksADay),
                        Autoregression.of(12, Math.max(104, 2 * blocksADay)))
                .map(forecaster -> Resampled.of(forecaster, resolution));
        return Stream.concat(fine, coarse).toList();
    }

    @Override
    public String name() {
        return "predictive";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        Optional<Wish> lack = NEEDS.lackedBy(metrics);
        if (lack.isPresent() && blend != null) {
            learn(Double.NaN);
        }
        wish = lack.orElseGet(() -> decide(metrics));
    }

    private Wish decide(ResourceMetrics metrics) {
        double capacity = metrics.require(Metric.INSTANCE_CAPACITY);
        prepare(metrics.require(Metric.PROVISIONING_TIME));
        learn(metrics.require(Metric.LOAD) / capacity);
        return wishFor(metrics.require(Metric.QUEUED_WORK) / capacity);
    }

    /**
     * Sees to it that errors are learnt at a horizon that covers the provisioning time, anew where it has grown or has become
     * less than half: forecasters keep what they know.
     */
    private void prepare(double provisioningSeconds) {
        int horizon = context.intervals(Duration.ofMillis(Math.round(1000 * provisioningSeconds))) + 1;
        if (blend == null || horizon > blend.horizon() || 2 * horizon < blend.horizon()) {
            blend = QuantileBlend.of(forecasters, quantile, horizon, context.intervals(DAY), LEAST_INSTANCES);
            demand = new TolerableDemand(horizon, delayTarget / 2);
        }
    }

    private void learn(double load) {
        demand.add(load);
        blend.observe(load, demand.value());
    }

    private Wish wishFor(double queue) {
        Optional<QuantileForecast> expected = blend.forecast();
        if (expected.isEmpty()) {
            return new Wish.Abstain("too little was observed to forecast the load");
        }
        QuantileForecast forecast = expected.get();
        double draining = queue / Math.max(1, delayTarget);
        int wanted = (int) Math.ceil(Math.max(0, forecast.value()) + draining - ROUNDING);
        wishes.addLast(wanted);
        if (wishes.size() > HELD) {
            wishes.removeFirst();
        }
        int held = wishes.stream().mapToInt(Integer::intValue).max().orElseThrow();
        return new Wish.Target(held, reason(forecast, draining, wanted, held), figures(forecast, draining, wanted));
    }

    private String reason(QuantileForecast forecast, double draining, int wanted, int held) {
        String text = String.format(
                Locale.ROOT,
                "the demand of the next %d s is at most %.2f instances with probability %s (%s weighs most, %.0f %%, expects"
                        + " %.2f and errs by a pinball loss of %.3f), the queue takes %.2f more: %d",
                blend.horizon() * context.interval().toSeconds(),
                forecast.value(),
                quantile,
                forecast.model(),
                100 * forecast.weight(),
                forecast.point(),
                forecast.loss(),
                draining,
                wanted);
        return held == wanted ? text : text + ", held at " + held + " of the tick before";
    }

    private static Map<String, Double> figures(QuantileForecast forecast, double draining, int wanted) {
        return Map.of(
                "demand_quantile", forecast.value(),
                "forecast", forecast.point(),
                "weight", forecast.weight(),
                "drain", draining,
                "wanted", (double) wanted);
    }

    @Override
    public Wish wish() {
        return wish;
    }
}
