package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import java.util.Arrays;
import java.util.Random;
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

    /**
     * All controls of the horizon: with the observations of the mean dynamics stacked as {@code o = a + B u}, the normal
     * equations {@code (BᵀΠB + Λ) u = BᵀΠ (o* − a)}.
     */
    private static RealVector plan(LinearGaussianModel model, RealVector mean) {
        QuadraticControl control = (QuadraticControl) model.control();
        RealMatrix f = Matrices.dense(model.F());
        RealMatrix g = Matrices.dense(control.G());
        RealMatrix h = Matrices.dense(model.H());
        RealMatrix preference = Matrices.dense(control.preferencePrecision());
        int k = model.actionWidth();
        int size = control.horizon() * k;
        RealMatrix normal = new Array2DRowRealMatrix(size, size);
        RealVector right = new ArrayRealVector(size);
        for (int s = 0; s < control.horizon(); s++) {
            normal.setSubMatrix(Matrices.dense(control.controlPrecision()).getData(), s * k, s * k);
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
