package io.murmuration.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeedsTest {
    private static final Needs NEEDS = Needs.of(Metric.LOAD, Metric.QUEUED_WORK, Metric.INSTANCE_CAPACITY);

    private static Optional<String> lack(ResourceMetrics.Builder metrics) {
        return NEEDS.lackedBy(metrics.build()).map(Wish::reason);
    }

    private static ResourceMetrics.Builder measured(double load, double capacity) {
        return ResourceMetrics.at(Instant.EPOCH).with(Metric.LOAD, load).with(Metric.INSTANCE_CAPACITY, capacity);
    }

    @Test
    void nothingIsLackingWhereAllWasMeasured() {
        assertEquals(Optional.empty(), lack(measured(0, 1).with(Metric.QUEUED_WORK, 0)));
    }

    @Test
    void allThatWasNotMeasuredIsNamed() {
        assertEquals(Optional.of("not measured: load, queued_work"), lack(measured(Double.NaN, 1)));
    }

    @Test
    void anInstanceThatDoesNoWorkIsNoGroundToDecideOn() {
        assertEquals(
                Optional.of("instance_capacity is 0.0, expected more than 0"),
                lack(measured(1, 0).with(Metric.QUEUED_WORK, 0)));
    }

    @Test
    void aCapacityThatIsNotNeededMayBeAnything() {
        assertEquals(
                Optional.empty(), Needs.of(Metric.LOAD).lackedBy(measured(1, -1).build()));
    }
}
