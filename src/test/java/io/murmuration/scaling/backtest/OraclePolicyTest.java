package io.murmuration.scaling.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.Wish;
import io.murmuration.scaling.plant.Plant;
import io.murmuration.scaling.plant.PlantStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OraclePolicyTest {
    private static LoadTrace trace(double... loads) {
        return new LoadTrace("trace", Instant.EPOCH, loads, 10);
    }

    @Test
    void itWishesForTheMostUntilWhatIsAskedForIsReady() {
        OraclePolicy oracle = new OraclePolicy(trace(10, 10, 50, 10, 30), Duration.ofSeconds(30), 0);
        List<Integer> wishes = new ArrayList<>();
        for (int step = 0; step < 5; step++) {
            wishes.add(((Wish.Target) oracle.wish()).instances());
            oracle.observe(ResourceMetrics.at(Instant.EPOCH).build());
        }
        assertEquals(List.of(5, 5, 5, 3, 3), wishes);
    }

    @Property
    void nothingEverWaits(
            @ForAll @Size(min = 1, max = 80) List<@DoubleRange(min = 0, max = 600) Double> loads,
            @ForAll @IntRange(min = 0, max = 180) int delay) {
        LoadTrace trace = trace(loads.stream().mapToDouble(Double::doubleValue).toArray());
        Duration provisioning = Duration.ofSeconds(delay);
        // Enough from the start: what the first steps need could not be there in time.
        Plant plant = new Plant(
                Backtest.CONTEXT, trace.capacity(), LoadTrace.MAX_INSTANCES, Backtest.CONTEXT.intervals(provisioning));
        OraclePolicy oracle = new OraclePolicy(trace, provisioning, 0);
        for (int step = 0; step < trace.steps(); step++) {
            PlantStep done = plant.step(trace.loads()[step], ((Wish.Target) oracle.wish()).instances());
            oracle.observe(ResourceMetrics.at(Instant.EPOCH).build());
            assertTrue(done.queue() < 1e-9, "step " + step + " leaves " + done.queue());
            assertTrue(done.ready() >= trace.needed(step));
        }
    }
}
