package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class RunningQuantileTest {
    @Property(tries = 60)
    @Label("A quantile of many numbers of one kind has about the rank that it should have")
    void rank(@ForAll long seed, @ForAll @DoubleRange(min = 0.5, max = 0.99) double share) {
        Random random = new Random(seed);
        RunningQuantile quantile = new RunningQuantile(share);
        double[] numbers = new double[5000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = -StrictMath.log(1 - random.nextDouble());
            quantile.add(numbers[i]);
        }
        double value = quantile.value();
        double below = Arrays.stream(numbers).filter(number -> number <= value).count() / (double) numbers.length;
        assertEquals(share, below, 0.03);
    }

    @Property(tries = 200)
    @Label("It lies within the numbers, and of fewer than five it is the number of its rank")
    void within(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -1e9, max = 1e9) Double> numbers,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double share) {
        RunningQuantile quantile = new RunningQuantile(share);
        double[] sorted = new double[0];
        for (double number : numbers) {
            quantile.add(number);
            sorted = Arrays.copyOf(sorted, sorted.length + 1);
            sorted[sorted.length - 1] = number;
            Arrays.sort(sorted);
            double value = quantile.value();
            assertTrue(value >= sorted[0] && value <= sorted[sorted.length - 1]);
            if (sorted.length < 5) {
                assertEquals(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)], value);
            }
        }
        assertEquals(numbers.size(), quantile.count());
    }

    @Property(tries = 200)
    @Label("Put away as bytes after any number and gone on with, it says the same")
    void goesOn(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -50, max = 50) Double> numbers,
            @ForAll @DoubleRange(min = 0, max = 1) double where) {
        RunningQuantile whole = new RunningQuantile(0.9);
        RunningQuantile parts = new RunningQuantile(0.9);
        for (int i = 0; i < numbers.size(); i++) {
            if (i == (int) (where * numbers.size())) {
                ByteBuffer bytes = ByteBuffer.allocate(RunningQuantile.BYTES);
                parts.put(bytes);
                parts = RunningQuantile.get(0.9, bytes.flip());
            }
            whole.add(numbers.get(i));
            parts.add(numbers.get(i));
        }
        assertEquals(whole.value(), parts.value());
        assertEquals(whole.count(), parts.count());
    }

    @Example
    @Label("The example of the paper: the median of twenty numbers")
    void paper() {
        double[] numbers = {
            0.02, 0.15, 0.74, 3.39, 0.83, 22.37, 10.15, 15.43, 38.62, 15.92, 34.60, 10.28, 1.47, 0.40, 0.05, 11.39,
            0.27, 0.42, 0.09, 11.37
        };
        RunningQuantile median = new RunningQuantile(0.5);
        Arrays.stream(numbers).forEach(median::add);
        assertEquals(4.44, median.value(), 0.005);
    }

    @Example
    @Label("There is none of nothing; numbers that are not finite and shares that are none are refused")
    void refused() {
        assertEquals(Double.NaN, new RunningQuantile(0.5).value());
        assertThrows(IllegalArgumentException.class, () -> new RunningQuantile(0.5).add(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new RunningQuantile(1));
    }
}
