package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AutoregressionTest {
    /** The standard error of a weight of 0.7 from 4000 values is √((1 − 0.7²) / 4000) = 0.011. */
    @Test
    void theWeightsThatMadeASeriesAreFound() {
        Autoregression model = Autoregression.of(1, 4000);
        observe(model, 4000, 0.7, 0);
        assertEquals(0.7, model.weights()[0], 0.04);

        Autoregression second = Autoregression.of(6, 4000);
        observe(second, 4000, 0.5, 0.3);
        assertTrue(second.weights().length >= 2);
        assertEquals(0.5, second.weights()[0], 0.06);
        assertEquals(0.3, second.weights()[1], 0.06);
    }

    @Test
    void ofTheFirstOrderTheDistanceToTheMeanFallsByItsPowers() {
        Autoregression model = Autoregression.of(1, 400);
        double last = observe(model, 400, 0.7, 0);
        double weight = model.weights()[0];
        double next = model.forecast(1).orElseThrow();
        double mean = (next - weight * last) / (1 - weight);
        assertEquals(
                mean + Math.pow(weight, 5) * (last - mean), model.forecast(5).orElseThrow(), 1e-9);
        assertEquals(mean, model.forecast(200).orElseThrow(), 1e-9);
    }

    @Test
    void beforeItsFirstFitItSaysNothing() {
        Autoregression model = Autoregression.of(1, 80);
        for (int i = 0; i < 9; i++) {
            model.observe(i);
            assertEquals(OptionalDouble.empty(), model.forecast(1));
        }
        model.observe(9);
        assertTrue(model.forecast(1).isPresent());
    }

    /** Observes a series about 10 with the weights and noise, and returns its last value. */
    private static double observe(Forecaster forecaster, int steps, double first, double second) {
        SplittableRandom random = new SplittableRandom(4);
        double before = 0;
        double last = 0;
        for (int i = 0; i < steps; i++) {
            double next = first * last + second * before + random.nextGaussian();
            before = last;
            last = next;
            forecaster.observe(10 + last);
        }
        return 10 + last;
    }
}
