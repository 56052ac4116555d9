package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.ModelFile;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Dimensions alone are a model")
class DimensionsModelTest {

    private static LinearGaussianModel model(int states, int elements, int controls) {
        String text = "{\"kind\":\"linear-gaussian\",\"state_dim\":%d,\"obs_dim\":%d,\"action_dim\":%d}"
                .formatted(states, elements, controls);
        return (LinearGaussianModel) ModelFile.parse(text, "dimensions", false);
    }

    @Test
    void theyStandForTheDocumentedMatrices() {
        LinearGaussianModel model = model(3, 5, 2);
        assertArrayEquals(
                new double[] {0.95, 0, 0, 0, 0.95, 0, 0, 0, 0.95}, model.F().toArray());
        // A 1 where the column is the row modulo the number of columns.
        assertArrayEquals(
                new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0},
                model.H().toArray());
        assertArrayEquals(
                new double[] {0.1, 0, 0, 0, 0.1, 0, 0, 0, 0.1}, model.Q().toArray());
        assertArrayEquals(identity(5), model.R().toArray());
        assertArrayEquals(new double[3], model.initialMean().toArray());
        assertArrayEquals(identity(3), model.initialCovariance().toArray());
        QuadraticControl control = (QuadraticControl) model.control();
        assertArrayEquals(new double[] {1, 0, 0, 1, 1, 0}, control.G().toArray());
        assertArrayEquals(new double[5], control.preferenceMean().toArray());
        assertArrayEquals(identity(5), control.preferencePrecision().toArray());
        assertArrayEquals(identity(2), control.controlPrecision().toArray());
        assertEquals(5, control.horizon());
    }

    private static double[] identity(int size) {
        double[] identity = new double[size * size];
        for (int i = 0; i < size; i++) {
            identity[i * size + i] = 1;
        }
        return identity;
    }

    @Test
    void theyRunAndActTowardsThePreference() {
        LinearGaussianModel model = model(4, 8, 2);
        InferenceKernel kernel = InferenceKernel.compile(model);
        ObservationBlock seen = GaussianCases.observations(model, 1, 3, new Random(1));
        GaussianAssertions.assertAgrees(model, seen, 1e-9);
        ResultBlock results = GaussianCases.run(kernel, seen);
        double[] belief = GaussianCases.values(kernel, results, 2, 0);
        for (int k = 0; k < 2; k++) {
            // Control k moves states k and k + 2, which are preferred at 0.
            double action = results.get(2, kernel.layout().offset(ResultLayout.ACTION) + k, 0);
            assertTrue(action * (belief[k] + belief[k + 2]) < 0);
        }
    }
}
