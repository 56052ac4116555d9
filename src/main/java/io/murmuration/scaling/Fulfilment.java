package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Stops climbing while what was asked for is not given: for some provisioning times on end there were never as many
 * instances as were asked for throughout. Asking for more would only lengthen the queue at whoever does not give.
 */
final class Fulfilment implements Stage {
    private final double provisioningTimes;
    /** Counts of the window and the last one before it, oldest first. */
    private final List<Counts> window = new ArrayList<>();

    private String unfulfilled = "";

    private record Counts(Instant at, int requested, double active) {}

    Fulfilment(double provisioningTimes) {
        this.provisioningTimes = provisioningTimes;
    }

    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        unfulfilled = look(tick);
        return unfulfilled.isEmpty() ? proposal : proposal.atMost(tick.present(), unfulfilled);
    }

    private String look(Tick tick) {
        OptionalDouble active = tick.metrics().get(Metric.ACTIVE_INSTANCES);
        if (active.isEmpty() || tick.metrics().get(Metric.REQUESTED_INSTANCES).isEmpty()) {
            window.clear();
            return "";
        }
        window.add(new Counts(tick.at(), tick.present(), active.getAsDouble()));
        Duration patience = tick.provisioningTimes(provisioningTimes);
        Instant begin = tick.at().minus(patience);
        while (window.size() > 1 && !window.get(1).at().isAfter(begin)) {
            window.remove(0);
        }
        int fewestAskedFor = window.stream().mapToInt(Counts::requested).min().orElseThrow();
        double mostThere = window.stream().mapToDouble(Counts::active).max().orElseThrow();
        return window.get(0).at().isAfter(begin) || mostThere >= fewestAskedFor
                ? ""
                : "asked for but not given: " + fewestAskedFor + " instances asked for, "
                        + Metric.Unit.COUNT.text(mostThere) + " there at most for " + DurationText.of(patience)
                        + ": not climbing";
    }

    /** What was asked for and is not given, in words; empty where all is as it should be. */
    Optional<String> unfulfilled() {
        return Optional.of(unfulfilled).filter(words -> !words.isEmpty());
    }

    @Override
    public void forget() {
        window.clear();
        unfulfilled = "";
    }
}
