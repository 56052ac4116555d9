package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class QuantileBlendTest {
    private static final int DAY = 2000;

    private final SplittableRandom random = new SplittableRandom(8);

    /** One error in four is kept: 3 of the first settled, 1.5 as a multiple of the forecast. */
    @Test
    void aMarginByHand() {
        ErrorMargin additive = new ErrorMargin(ErrorMargin.Kind.ADDITIVE, 0.75, 1, 40, 40);
        ErrorMargin relative = new ErrorMargin(ErrorMargin.Kind.RELATIVE, 0.75, 1, 40, 40);
        for (ErrorMargin margin : List.of(additive, relative)) {
            margin.observe(Double.NaN, 6);
            assertEquals(6, margin.quantile());
            margin.observe(9, 10);
            assertEquals(0.75 * 3, margin.loss());
        }
        assertEquals(13, additive.quantile());
        assertEquals(15, relative.quantile());
        relative.observe(11, Double.NaN);
        assertEquals((0.75 * 3 + 0.25 * 4) / 2, relative.loss());
        assertEquals(2, relative.settled());
        assertTrue(Double.isNaN(relative.quantile()));
    }

    @Test
    void aShareOfWhatComesIsUnderTheQuantile() {
        DoubleSupplier noise = () -> 20 + 5 * random.nextGaussian();
        double[] walk = {50};
        DoubleSupplier bursts = () -> walk[0] = Math.max(5, walk[0] * Math.exp(0.1 * random.nextGaussian()));
        assertEquals(0.9, covered(noise, 0.9), 0.02);
        assertEquals(0.98, covered(noise, 0.98), 0.01);
        assertEquals(0.9, covered(bursts, 0.9), 0.02);
    }

    private static double covered(DoubleSupplier series, double share) {
        List<Forecaster> forecasters = List.of(new LastValue(), RecentQuantile.of(0.5, 200));
        QuantileBlend blend = QuantileBlend.of(forecasters, share, 1, DAY, 0.1);
        int under = 0;
        for (int i = 0; i < 6 * DAY; i++) {
            double value = series.getAsDouble();
            Optional<QuantileForecast> before = blend.forecast();
            under += i >= DAY && value <= before.orElseThrow().value() ? 1 : 0;
            blend.observe(value, value);
        }
        return under / (5.0 * DAY);
    }

    /** About a level the last value is as often far off as near: its errors are √2 times as wide. */
    @Test
    void whoLosesLessWeighsMore() {
        QuantileBlend blend = QuantileBlend.of(List.of(new LastValue(), RecentQuantile.of(0.5, 200)), 0.9, 1, DAY, 0.1);
        assertEquals(Optional.empty(), blend.forecast());
        for (int i = 0; i < DAY; i++) {
            double value = 20 + random.nextGaussian();
            blend.observe(value, value);
        }
        assertEquals("quantile-0.5", blend.forecast().orElseThrow().model());
    }

    @Test
    void aConstantNeedsNoMargin() {
        QuantileBlend blend = QuantileBlend.of(List.of(new LastValue()), 0.9, 3, DAY, 0.1);
        for (int i = 0; i < 50; i++) {
            blend.observe(4, 4);
        }
        assertEquals(4, blend.forecast().orElseThrow().value(), 1e-12);
    }
}
