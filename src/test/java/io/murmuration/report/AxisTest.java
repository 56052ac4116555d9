package io.murmuration.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class AxisTest {
    @Property(tries = 20_000)
    @Label("An axis holds its values and has a handful of ticks, whatever their size")
    void holds(
            @ForAll @DoubleRange(min = -1e12, max = 1e12) double a,
            @ForAll @DoubleRange(min = -1e12, max = 1e12) double b) {
        Axis axis = Axis.holding(Math.min(a, b), Math.max(a, b), 0, 100);
        assertTrue(axis.low() <= Math.min(a, b) && Math.max(a, b) <= axis.high());
        assertTrue(axis.ticks().size() >= 2 && axis.ticks().size() <= 9, () -> axis.ticks()
                .toString());
    }

    @Example
    @Label("Ticks are round")
    void round() {
        assertEquals(
                List.of(0.0, 2.0, 4.0, 6.0, 8.0), Axis.holding(0.3, 7.1, 0, 1).ticks());
    }

    @Example
    @Label("A constant stands in the middle")
    void constant() {
        assertEquals(50, Axis.holding(3, 3, 0, 100).at(3), 1e-9);
    }

    @Example
    @Label("Differences within the error of quantiles do not spread over the axis")
    void hardlyDifferent() {
        Axis axis = Axis.holding(0.6914, 0.6932, 0, 1);
        assertTrue(axis.low() < 0.64 && axis.high() > 0.74);
    }

    @Example
    @Label("Steps have whole ticks, and a lone one stands in the middle")
    void counting() {
        assertEquals(List.of(0.0, 1.0, 2.0), Axis.counting(0, 2, 0, 1).ticks());
        assertEquals(List.of(7.0), Axis.counting(7, 7, 0, 1).ticks());
        assertEquals(0.5, Axis.counting(7, 7, 0, 1).at(7));
    }

    @Example
    @Label("A large constant has an axis of its own")
    void largeConstant() {
        assertTrue(Axis.holding(1e15, Math.nextUp(1e15), 0, 1).ticks().size() < 12);
    }

    @Example
    @Label("Numbers are written short")
    void labels() {
        assertEquals(
                List.of("0", "0.25", "-3", "1,234.5", "12,345", "1.5M", "-2.25G", "2e-4", "3.5e20", "100"),
                List.of(0.0, 0.25, -3.0, 1234.5, 12345.0, 1.5e6, -2.25e9, 2e-4, 3.5e20, 100.0).stream()
                        .map(Axis::label)
                        .toList());
    }
}
