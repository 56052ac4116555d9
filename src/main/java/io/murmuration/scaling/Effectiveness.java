package io.murmuration.scaling;

import java.time.Instant;
import java.util.Optional;

/**
 * Stops climbing where it does not help. Some provisioning times after a climb with work waiting, which still waits, the
 * throughput T of then and T′ of now are compared: if it has risen by less than a share of what the instances that work
 * now, a′ instead of a, promise, (T′ − T) / (T (a′/a − 1)) &lt; share, more instances are not what is missing. (Flink's
 * autoscaler calls that an ineffective scale-up, with a share of 0.1.) Climbing is open again once fewer are wished for or
 * no work waits.
 *
 * <p>Throughput is {@link Metric#REQUESTS}, or what the working instances do by {@link Metric#UTILISATION}; where neither
 * is measured, nothing is judged.
 */
final class Effectiveness implements Stage {
    private final double share;
    private final double provisioningTimes;

    /** What was done with work waiting at the last tick; empty where none waited, or it was not measured. */
    private Optional<Output> output = Optional.empty();
    /** The climb that is to be judged. */
    private Optional<Climb> climb = Optional.empty();

    private Optional<String> ineffective = Optional.empty();

    private record Output(double active, double throughput) {}

    private record Climb(Instant at, Output before) {}

    Effectiveness(double share, double provisioningTimes) {
        this.share = share;
        this.provisioningTimes = provisioningTimes;
    }

    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        output = output(tick.metrics());
        if (output.isEmpty() || proposal.instances() < tick.present()) {
            climb = Optional.empty();
            ineffective = Optional.empty();
        } else if (climb.isPresent()
                && !tick.at().isBefore(climb.get().at().plus(tick.provisioningTimes(provisioningTimes)))) {
            ineffective = judge(climb.get().before(), output.get());
            climb = Optional.empty();
        }
        return ineffective.map(words -> proposal.atMost(tick.present(), words)).orElse(proposal);
    }

    private Optional<String> judge(Output before, Output now) {
        double promised = before.throughput() * (now.active() / before.active() - 1);
        double risen = now.throughput() - before.throughput();
        // Where none came there is nothing to judge: that is a matter of what was given.
        return promised <= 0 || risen >= share * promised
                ? Optional.empty()
                : Optional.of("scaling does not help: from " + Metric.Unit.COUNT.text(before.active()) + " to "
                        + Metric.Unit.COUNT.text(now.active()) + " instances the throughput went from "
                        + Metric.Unit.WORK.text(before.throughput()) + " to "
                        + Metric.Unit.WORK.text(now.throughput()) + " with work waiting: not climbing");
    }

    private static Optional<Output> output(ResourceMetrics metrics) {
        boolean waiting = metrics.get(Metric.QUEUED_WORK, 0) > 0
                || metrics.get(Metric.QUEUE_DEPTH, 0) > 0
                || metrics.get(Metric.PENDING_TASKS, 0) > 0;
        double active = metrics.get(Metric.ACTIVE_INSTANCES, 0);
        double throughput = metrics.get(
                Metric.REQUESTS,
                metrics.get(Metric.UTILISATION, 0) * active * metrics.get(Metric.INSTANCE_CAPACITY, 1));
        return waiting && active > 0 && throughput > 0 ? Optional.of(new Output(active, throughput)) : Optional.empty();
    }

    @Override
    public void scaled(ScaleAction action) {
        if (!action.isUp()) {
            climb = Optional.empty();
        } else if (climb.isEmpty()) {
            // Further climbs before the verdict are judged with the first.
            climb = output.map(before -> new Climb(action.at(), before));
        }
    }

    /** That climbing did not help, in words; empty where it did or is not known. */
    Optional<String> ineffective() {
        return ineffective;
    }

    @Override
    public void forget() {
        output = Optional.empty();
        climb = Optional.empty();
        ineffective = Optional.empty();
    }
}
