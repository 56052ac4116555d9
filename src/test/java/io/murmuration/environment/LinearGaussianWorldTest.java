package io.murmuration.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.inference.ObservationBlock;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.NoControl;
import io.murmuration.model.Tensor;
import org.junit.jupiter.api.Test;

class LinearGaussianWorldTest {
    @Test
    void covariancesThatAreSymmetricButForRoundingMakeTheSameNoise() {
        ObservationBlock expected = seen(0);
        ObservationBlock rounded = seen(1e-9);
        for (int lane = 0; lane < expected.lanes(); lane++) {
            for (int e = 0; e < 2; e++) {
                assertEquals(expected.observation(0, e, lane), rounded.observation(0, e, lane), 1e-6);
            }
        }
    }

    private static ObservationBlock seen(double asymmetry) {
        Tensor unit = Tensor.matrix(new double[][] {{1, 0}, {0, 1}});
        Tensor noise = Tensor.matrix(new double[][] {{2, 1 + asymmetry}, {1, 2}});
        World world = World.of(
                new LinearGaussianModel("noisy", unit, unit, unit, noise, Tensor.vector(0, 0), noise, new NoControl()),
                5,
                3);
        ObservationBlock seen = new ObservationBlock(5, 1, 2, 0);
        for (int lane = 0; lane < 5; lane++) {
            world.start(lane, 17 + lane);
        }
        world.observe(5, 0, seen);
        return seen;
    }
}
