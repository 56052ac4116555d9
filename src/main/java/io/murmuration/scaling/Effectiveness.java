package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Stops climbing where it does not help. Some provisioning times after going from a to b instances, with work waiting
 * before and now, the throughput is compared: if it has risen by less than a share of what b/a promises,
 * (T′ − T) / (T (b/a − 1)) &lt; share, more instances are not what is missing. (Flink's autoscaler calls that an ineffective
 * scale-up, with a share of 0.1.) Climbing is open again once fewer are wished for or no work waits.
 *
 * <p>Throughput is {@link Metric#REQUESTS}, or what the working instances do by {@link Metric#UTILISATION}; where neither
 * is measured, nothing is judged.
 */
final class Effectiveness implements Stage {
    private final double share;
    private final double provisioningTimes;
    private final Duration assumedProvisioning;

    private OptionalDouble throughput = OptionalDouble.empty();
    private boolean waiting;
    /** The climb that is to be judged; null where there is none. */
    private Climb climb;

    private String ineffective = "";

    private record Climb(ScaleAction action, double throughput) {}

    Effectiveness(double share, double provisioningTimes, Duration assumedProvisioning) {
        this.share = share;
        this.provisioningTimes = provisioningTimes;
        this.assumedProvisioning = assumedProvisioning;
    }

    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        throughput = throughput(tick.metrics());
        waiting = tick.metrics().get(Metric.QUEUED_WORK, 0) > 0
                || tick.metrics().get(Metric.QUEUE_DEPTH, 0) > 0
                || tick.metrics().get(Metric.PENDING_TASKS, 0) > 0;
        if (!waiting || proposal.instances() < tick.present()) {
            climb = null;
            ineffective = "";
        } else if (climb != null
                && throughput.isPresent()
                && !tick.at().isBefore(due(climb.action().at(), tick))) {
            ineffective = judge(climb, throughput.getAsDouble());
            climb = null;
        }
        return ineffective.isEmpty() ? proposal : proposal.atMost(tick.present(), ineffective);
    }

    private Instant due(Instant climbed, Tick tick) {
        return climbed.plusMillis(Math.round(
                provisioningTimes * tick.provisioningTime(assumedProvisioning).toMillis()));
    }

    private String judge(Climb climbed, double now) {
        int from = climbed.action().from();
        int to = climbed.action().to();
        double promised = climbed.throughput() * ((double) to / from - 1);
        double risen = now - climbed.throughput();
        return risen >= share * promised
                ? ""
                : "scaling does not help: from " + from + " to " + to + " instances the throughput went from "
                        + Metric.Unit.WORK.text(climbed.throughput()) + " to " + Metric.Unit.WORK.text(now)
                        + " with work waiting: not climbing";
    }

    private static OptionalDouble throughput(ResourceMetrics metrics) {
        OptionalDouble requests = metrics.get(Metric.REQUESTS);
        OptionalDouble utilisation = metrics.get(Metric.UTILISATION);
        OptionalDouble active = metrics.get(Metric.ACTIVE_INSTANCES);
        if (requests.isPresent() || utilisation.isEmpty() || active.isEmpty()) {
            return requests;
        }
        return OptionalDouble.of(
                utilisation.getAsDouble() * active.getAsDouble() * metrics.get(Metric.INSTANCE_CAPACITY, 1));
    }

    @Override
    public void scaled(ScaleAction action) {
        boolean judgeable = action.isUp() && action.from() > 0 && waiting && throughput.orElse(0) > 0;
        if (!action.isUp()) {
            climb = null;
        } else if (climb == null && judgeable) {
            climb = new Climb(action, throughput.getAsDouble());
        } else if (climb != null) {
            // Several climbs within one provisioning time are one: judged from the first number to the last.
            climb = new Climb(new ScaleAction(action.at(), climb.action().from(), action.to()), climb.throughput());
        }
    }

    /** That climbing did not help, in words; empty where it did or is not known. */
    Optional<String> ineffective() {
        return Optional.of(ineffective).filter(words -> !words.isEmpty());
    }

    @Override
    public void forget() {
        climb = null;
        ineffective = "";
        waiting = false;
        throughput = OptionalDouble.empty();
    }
}
