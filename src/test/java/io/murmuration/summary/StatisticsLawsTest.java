package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Merged parts are the whole, to the last bit. */
class StatisticsLawsTest {

    @Property(tries = 200)
    void anExactSumIsTheRoundedSumOfTheNumbers(
            @ForAll @Size(max = 60) List<@DoubleRange(min = -1e300, max = 1e300) Double> numbers) {
        ExactSum sum = new ExactSum();
        BigDecimal exact = BigDecimal.ZERO;
        for (double number : numbers) {
            sum.add(number);
            exact = exact.add(new BigDecimal(number));
        }
        assertEquals(exact.doubleValue(), sum.toDouble());
    }

    @Test
    void anExactSumKeepsWhatPlainAdditionLoses() {
        ExactSum sum = new ExactSum();
        for (double number : new double[] {1e308, 1, Double.MIN_VALUE, -1e308, -1}) {
            sum.add(number);
        }
        assertEquals(Double.MIN_VALUE, sum.toDouble());
        assertThrows(IllegalArgumentException.class, () -> sum.add(Double.NaN));
    }

    @Property(tries = 100)
    void statisticsOfPartsInAnyOrderAreThoseOfTheWhole(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int parts)
            throws Exception {
        Random random = new Random(seed);
        RunStatistics whole = new RunStatistics();
        List<RunStatistics> pieces = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            pieces.add(new RunStatistics());
        }
        for (int agent = 0; agent < 40; agent++) {
            RunStatistics piece = pieces.get(random.nextInt(parts));
            double total = 0;
            for (int step = 0; step < random.nextInt(2000); step += 1 + random.nextInt(400)) {
                double surprise = random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3);
                total += surprise;
                for (RunStatistics one : List.of(whole, piece)) {
                    one.row(new RunStatistics.Row(step, surprise, step % 3, false, true));
                    one.action(0, step % 3);
                }
            }
            whole.agent("agent " + agent, 1, total);
            piece.agent("agent " + agent, 1, total);
        }
        Collections.shuffle(pieces, random);
        RunStatistics merged = new RunStatistics();
        pieces.forEach(merged::merge);
        ObjectMapper json = new ObjectMapper();
        RunSummary expected = whole.summary();
        assertEquals(
                json.writeValueAsString(expected.bySteps().stream()
                        .map(RunSummary.StepSummary::freeEnergy)
                        .toList()),
                json.writeValueAsString(merged.summary().bySteps().stream()
                        .map(RunSummary.StepSummary::freeEnergy)
                        .toList()));
        assertEquals(expected.freeEnergySum(), merged.summary().freeEnergySum());
        assertEquals(expected.mostSurprised(), merged.summary().mostSurprised());
        assertEquals(expected.actionShares(), merged.summary().actionShares());
    }

    @Test
    void quantilesAreWithinOnePercent() {
        QuantileSketch sketch = new QuantileSketch();
        for (int i = -500; i <= 500; i++) {
            sketch.add(i * 0.01);
        }
        assertEquals(-4.5, sketch.quantile(0.05), 0.05);
        assertEquals(0, sketch.quantile(0.5), 0.02);
        assertEquals(4.5, sketch.quantile(0.95), 0.05);
        assertEquals(Double.NaN, new QuantileSketch().quantile(0.5));
    }

    @Property
    void aBucketHoldsItsFirstStepAndNoEarlierOne(@ForAll @IntRange(min = 0) int step) {
        int bucket = StepBuckets.of(step);
        assertEquals(bucket, StepBuckets.of(StepBuckets.first(bucket)));
        if (StepBuckets.first(bucket) > 0) {
            assertEquals(bucket - 1, StepBuckets.of(StepBuckets.first(bucket) - 1));
        }
    }
}
