package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

class SlidingQuantilesTest {
    @Property(tries = 300)
    @Label("A quantile is that of the last values, sorted anew")
    void plain(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -9, max = 9) Double> series,
            @ForAll @IntRange(min = 1, max = 20) int capacity,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
        SlidingQuantiles quantiles = SlidingQuantiles.of(capacity);
        series.forEach(quantiles::add);
        double[] last = series.subList(Math.max(0, series.size() - capacity), series.size()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        double plain = new Percentile().withEstimationType(EstimationType.R_7).evaluate(last, 100 * share);
        assertEquals(plain, quantiles.quantile(share).orElseThrow(), 1e-9);
    }

    @Example
    @Label("By hand: of 1, 3, 5, 9 the median is 4 and the 0.9 quantile 7.8; 1 goes when 7 comes; NaN is passed over")
    void byHand() {
        RecentQuantile median = RecentQuantile.of(0.5, 4);
        SlidingQuantiles all = SlidingQuantiles.of(4);
        assertEquals(OptionalDouble.empty(), median.forecast(1));
        for (double value : new double[] {1, 9, Double.NaN, 3, 5}) {
            median.observe(value);
            all.add(value);
        }
        assertEquals(4, median.forecast(1).orElseThrow());
        assertEquals(7.8, all.quantile(0.9).orElseThrow(), 1e-12);
        median.observe(7);
        assertEquals(6, median.forecast(7).orElseThrow());
    }
}
