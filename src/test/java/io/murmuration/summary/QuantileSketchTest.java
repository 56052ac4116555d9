package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class QuantileSketchTest {
    @Property(tries = 300)
    @Label("A quantile is within 1 % of the number of its rank")
    void relativeError(
            @ForAll @Size(min = 1, max = 80) List<@DoubleRange(min = -1e6, max = 1e6) Double> numbers,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        double[] sorted =
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double exact = sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        double tiny = Math.scalb(1.0, -40);
        assertEquals(exact, of(numbers).quantile(share), Math.max(tiny, 0.01 * Math.abs(exact)));
    }

    @Property(tries = 200)
    @Label("Numbers that are moved have the quantiles moved, to 1 % of what they were and 1 % of what they are")
    void moved(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -1e6, max = 1e6) Double> numbers,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double by,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        QuantileSketch sketch = of(numbers);
        double before = sketch.quantile(share);
        QuantileSketch moved = sketch.shifted(by);
        assertEquals(sketch.count(), moved.count());
        double tiny = Math.scalb(1.0, -39);
        assertEquals(before + by, moved.quantile(share), tiny + 0.01 * (Math.abs(before) + Math.abs(before + by)));
    }

    @Example
    @Label("Negative numbers, zeros and positive numbers stand in their order")
    void order() {
        QuantileSketch sketch = of(List.of(3.0, -2.0, 0.0, -0.0, 1e-300));
        assertEquals(-2, sketch.quantile(0), 0.02);
        assertEquals(0, sketch.quantile(0.5));
        assertEquals(3, sketch.quantile(1), 0.03);
        assertEquals(5, sketch.count());
    }

    @Example
    @Label("Numbers beyond the range count as the largest")
    void largest() {
        assertEquals(Math.scalb(1.0, 61), of(List.of(1.0, Double.MAX_VALUE)).quantile(1), Math.scalb(1.0, 54));
    }

    @Example
    @Label("Quantiles lie within the numbers: those of equal numbers are they")
    void within() {
        assertEquals(0.7, of(List.of(0.7, 0.7, 0.7)).quantile(0.95));
        assertEquals(12, of(List.of(12.0, 12.0)).quantile(0.05));
        assertEquals(-5.3, of(List.of(-5.3, -5.3)).quantile(0.5));
        assertEquals(20.3, of(List.of(1.0, 20.3)).quantile(1));
    }

    @Example
    @Label("There are no quantiles of nothing")
    void nothing() {
        assertEquals(Double.NaN, new QuantileSketch().quantile(0.5));
    }

    @Example
    @Label("Numbers that are not finite and shares outside [0, 1] are refused")
    void refused() {
        QuantileSketch sketch = of(List.of(1.0));
        assertThrows(IllegalArgumentException.class, () -> sketch.add(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> sketch.add(Double.NEGATIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> sketch.quantile(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> sketch.quantile(1.1));
        assertEquals(1, sketch.count());
    }

    private static QuantileSketch of(List<Double> numbers) {
        QuantileSketch sketch = new QuantileSketch();
        numbers.forEach(sketch::add);
        return sketch;
    }
}
