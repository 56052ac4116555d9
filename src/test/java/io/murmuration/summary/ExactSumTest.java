package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExactSumTest {
    @Property(tries = 500)
    @Label("The sum is the exact sum of all numbers, rounded once")
    void correctlyRounded(@ForAll("numbers") List<Double> numbers) {
        BigDecimal exact = numbers.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertBits(exact.doubleValue(), sum(numbers).toDouble());
    }

    @Property(tries = 500)
    @Label("Any order and any division into parts gives the same bits, also through serialization")
    void orderAndPartsDoNotMatter(@ForAll("numbers") List<Double> numbers, @ForAll Random random) {
        List<Double> shuffled = new ArrayList<>(numbers);
        Collections.shuffle(shuffled, random);
        int cut = random.nextInt(shuffled.size() + 1);
        ExactSum right = sum(shuffled.subList(cut, shuffled.size()));
        right.toDouble();
        right.merge(Serialized.copy(sum(shuffled.subList(0, cut))));
        assertBits(sum(numbers).toDouble(), right.toDouble());
    }

    @Property(tries = 200)
    @Label("Numbers and their negatives leave nothing")
    void cancellation(@ForAll("numbers") List<Double> numbers, @ForAll Random random) {
        List<Double> both = new ArrayList<>(numbers);
        numbers.forEach(number -> both.add(-number));
        Collections.shuffle(both, random);
        assertBits(0.0, sum(both).toDouble());
    }

    @Example
    @Label("Small numbers are not lost beside large ones")
    void nothingIsLost() {
        assertBits(2.0, sum(List.of(1e100, 1.0, -1e100, 1.0)).toDouble());
    }

    @Example
    @Label("Halves between two doubles go to the even one, and a sticky bit far below decides")
    void ties() {
        double half = Math.ulp(1.0) / 2;
        assertBits(1.0, sum(List.of(1.0, half)).toDouble());
        assertBits(Math.nextUp(1.0), sum(List.of(1.0, half, Double.MIN_VALUE)).toDouble());
        assertBits(
                -Math.nextUp(1.0), sum(List.of(-1.0, -half, -Double.MIN_VALUE)).toDouble());
    }

    @Example
    @Label("The largest numbers may pass beyond all doubles and come back")
    void overflow() {
        ExactSum sum = sum(List.of(Double.MAX_VALUE, Double.MAX_VALUE));
        assertBits(Double.POSITIVE_INFINITY, sum.toDouble());
        sum.add(-Double.MAX_VALUE);
        assertBits(Double.MAX_VALUE, sum.toDouble());
    }

    @Example
    @Label("A sum may be merged into itself")
    void mergedWithItself() {
        ExactSum sum = sum(List.of(0.1, -3.5));
        sum.merge(sum);
        assertBits(-6.8, sum.toDouble());
    }

    @Example
    @Label("A serialized sum has the size of its digits")
    void compact() {
        ExactSum sum = sum(List.of(-1.5, 0.3, 12.25));
        assertTrue(Serialized.bytes(sum).length < 200);
    }

    @Example
    @Label("Numbers that are not finite are refused")
    void finiteOnly() {
        ExactSum sum = sum(List.of(1.0));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> sum.add(bad));
        }
        assertBits(1.0, sum.toDouble());
    }

    @Provide
    Arbitrary<List<Double>> numbers() {
        Arbitrary<Double> anyBits =
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
        Arbitrary<Double> subnormal = Arbitraries.longs().between(1, 1L << 53).map(Double::longBitsToDouble);
        Arbitrary<Double> usual = Arbitraries.doubles().between(-100, 100);
        return Arbitraries.oneOf(anyBits, subnormal, usual).list().ofMaxSize(60);
    }

    private static ExactSum sum(List<Double> numbers) {
        ExactSum sum = new ExactSum();
        numbers.forEach(sum::add);
        return sum;
    }

    private static void assertBits(double expected, double actual) {
        assertEquals(
                Double.doubleToRawLongBits(expected),
                Double.doubleToRawLongBits(actual),
                () -> expected + " but was " + actual);
    }
}
