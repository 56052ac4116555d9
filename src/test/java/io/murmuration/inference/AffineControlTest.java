package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.murmuration.model.InvalidModelException;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.RealMatrices;
import io.murmuration.model.Tensor;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** The plan of the Riccati recursion against the least-squares problem of all controls at once. */
@Label("The first control is that of the whole plan")
class AffineControlTest {
    private static final int STEPS = 3;

    @Property(tries = 100)
    void theFirstControlSolvesTheLeastSquaresProblemOfTheHorizon(@ForAll long seed) {
        Random random = new Random(seed);
        LinearGaussianModel perceiving = GaussianCases.random(random);
        LinearGaussianModel model = new LinearGaussianModel(
                "acting",
                perceiving.F(),
                perceiving.H(),
                perceiving.Q(),
                perceiving.R(),
                perceiving.initialMean(),
                perceiving.initialCovariance(),
                GaussianCases.control(
                        random, perceiving.stateWidth(), perceiving.observationWidth(), 1 + random.nextInt(3)));
        InferenceKernel kernel = InferenceKernel.compile(model);
        ObservationBlock seen = GaussianCases.observations(model, 1, STEPS, random);
        ResultBlock results = GaussianCases.run(kernel, seen);
        for (int t = 0; t < STEPS; t++) {
            double[] belief = GaussianCases.values(kernel, results, t, 0);
            RealVector plan = plan(model, new ArrayRealVector(Arrays.copyOf(belief, model.stateWidth())));
            for (int k = 0; k < model.actionWidth(); k++) {
                double action = results.get(t, kernel.layout().offset(ResultLayout.ACTION) + k, 0);
                assertEquals(plan.getEntry(k), action, 1e-9 * Math.max(1, Math.abs(action)));
            }
        }
    }

    @Example
    void controlsThatCostNextToNothingAreChosen() {
        for (double g : new double[] {1e-7, 1e-6, 1e-3}) {
            // One step: u = G (o* − x) / (Λ + G²).
            double cost = 1e-12;
            AffineControl control = control(new double[][] {{g}}, new double[][] {{cost}});
            assertEquals(3 * g / (cost + g * g), control.offset()[0], 1e-12 * control.offset()[0]);
        }
        double[][] costs = {{1e-12, 0}, {0, 1}};
        AffineControl apart = control(new double[][] {{1e-6, 0}}, costs);
        assertEquals(1.5e6, apart.offset()[0], 1e-3);
    }

    @Example
    void controlsThatCannotBeToldApartAreRefused() {
        double[][] costs = {{1e-18, 0}, {0, 1e-18}};
        assertThrows(InvalidModelException.class, () -> control(new double[][] {{0.1, 0.3}}, costs));
        assertThrows(InvalidModelException.class, () -> control(new double[][] {{1, 1}}, costs));
    }

    /** The control of one state, moved as G says, that is to be 3 after one step. */
    private static AffineControl control(double[][] g, double[][] costs) {
        Tensor one = Tensor.matrix(new double[][] {{1}});
        QuadraticControl control =
                new QuadraticControl(Tensor.matrix(g), Tensor.vector(3), one, Tensor.matrix(costs), 1);
        return AffineControl.of(
                new LinearGaussianModel("cheap", one, one, one, one, Tensor.vector(0), one, control), control);
    }

    /**
     * All controls of the horizon: with the observations of the mean dynamics stacked as {@code o = a + B u}, the normal
     * equations {@code (BᵀΠB + Λ) u = BᵀΠ (o* − a)}.
     */
    private static RealVector plan(LinearGaussianModel model, RealVector mean) {
        QuadraticControl control = (QuadraticControl) model.control();
        RealMatrix f = RealMatrices.of(model.F());
        RealMatrix g = RealMatrices.of(control.G());
        RealMatrix h = RealMatrices.of(model.H());
        RealMatrix preference = RealMatrices.of(control.preferencePrecision());
        int k = model.actionWidth();
        int size = control.horizon() * k;
        RealMatrix normal = new Array2DRowRealMatrix(size, size);
        RealVector right = new ArrayRealVector(size);
        for (int s = 0; s < control.horizon(); s++) {
            normal.setSubMatrix(RealMatrices.of(control.controlPrecision()).getData(), s * k, s * k);
        }
        RealVector free = mean;
        for (int step = 1; step <= control.horizon(); step++) {
            free = f.operate(free);
            RealMatrix effect = new Array2DRowRealMatrix(model.observationWidth(), size);
            for (int s = 0; s < step; s++) {
                effect.setSubMatrix(
                        h.multiply(f.power(step - 1 - s)).multiply(g).getData(), 0, s * k);
            }
            RealMatrix weighed = effect.transpose().multiply(preference);
            RealVector wanted = new ArrayRealVector(control.preferenceMean().toArray()).subtract(h.operate(free));
            normal = normal.add(weighed.multiply(effect));
            right = right.add(weighed.operate(wanted));
        }
        return new LUDecomposition(normal).getSolver().solve(right);
    }
}
