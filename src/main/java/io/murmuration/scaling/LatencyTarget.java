package io.murmuration.scaling;

import java.time.Duration;
import java.util.Map;

/**
 * A mean response time. Instances share their work among all requests at hand (processor sharing), so that the response
 * time is R = S / (1 − ρ) at utilisation ρ (Kleinrock, Queueing Systems II, 1976, chapter 4); the service time S = R (1 − ρ)
 * follows from what is measured on a instances, and the fewest that meet a target T are n = ⌈ρ a / (1 − S/T)⌉.
 *
 * <p>Near saturation the queue hides the service time: from {@value #SATURATED} on it goes up in the proportion R/T.
 *
 * @param responseTime the target
 */
public record LatencyTarget(Duration responseTime) implements PerformanceTarget {
    private static final double SATURATED = 0.9;

    public LatencyTarget {
        if (responseTime.isNegative() || responseTime.isZero()) {
            throw new IllegalArgumentException(
                    "a response time of " + DurationText.of(responseTime) + ", expected more than 0 s");
        }
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public Needs needs() {
        return Needs.of(Metric.RESPONSE_TIME, Metric.UTILISATION, Metric.ACTIVE_INSTANCES);
    }

    @Override
    public Wish fewest(ResourceMetrics metrics, ScalingContext context) {
        double response = metrics.require(Metric.RESPONSE_TIME);
        double utilisation = metrics.require(Metric.UTILISATION);
        double active = metrics.require(Metric.ACTIVE_INSTANCES);
        double target = responseTime.toMillis();
        String measured = "a response takes " + millis(response) + " at a utilisation of "
                + Metric.UTILISATION.unit().text(utilisation) + ", the target is " + millis(target);
        if (utilisation >= SATURATED) {
            return response <= target
                    ? new Wish.Hold(measured)
                    : target(active * response / target, measured, Map.of("response_ms", response));
        }
        double service = response * (1 - utilisation);
        if (service >= target) {
            return new Wish.Hold(measured + ": " + millis(service) + " of it is no waiting, which no instances help");
        }
        return target(utilisation * active / (1 - service / target), measured, Map.of("service_ms", service));
    }

    private static Wish target(double instances, String reason, Map<String, Double> figures) {
        return new Wish.Target((int) Math.ceil(instances), reason, figures);
    }

    private static String millis(double value) {
        return Metric.RESPONSE_TIME.unit().text(value);
    }
}
