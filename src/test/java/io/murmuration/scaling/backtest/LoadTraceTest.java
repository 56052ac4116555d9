package io.murmuration.scaling.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoadTraceTest {
    @Test
    void theHeaviestDayIsFoundWhereverItBegins() {
        double[] loads = new double[3 * LoadTrace.STEPS_A_DAY];
        Arrays.fill(loads, 1);
        Arrays.fill(loads, 8000, 8000 + LoadTrace.STEPS_A_DAY, 2);
        LoadTrace trace = new LoadTrace("trace", Instant.EPOCH, loads, 1);
        assertEquals(8000, trace.heaviestDay(LoadTrace.stepOfDay(1)));
        assertEquals(8000 + LoadTrace.STEPS_A_DAY, trace.endOfDay(8000));
        int lastHalf = LoadTrace.stepOfDay(2.5);
        assertEquals(lastHalf, trace.heaviestDay(lastHalf));
        assertEquals(loads.length, trace.endOfDay(lastHalf));
    }
}
