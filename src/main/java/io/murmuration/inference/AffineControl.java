package io.murmuration.inference;

import io.murmuration.model.InvalidModelException;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The first control of a finite-horizon plan, which is affine in the mean: {@code u = offset − gain · mean}, from the
 * backward Riccati recursion (Anderson and Moore 1990, "Optimal Control", section 2.4, with a linear term for the
 * preference).
 *
 * @param minusGain k × n, row-major: the gain, reversed in sign
 * @param offset k
 * @param states n
 */
record AffineControl(double[] minusGain, double[] offset, int states) {

    /** The control of an agent that only perceives: none. */
    static AffineControl none(int states) {
        return new AffineControl(new double[0], new double[0], states);
    }

    static AffineControl of(LinearGaussianModel model, QuadraticControl control) {
        RealMatrix f = Matrices.dense(model.F());
        RealMatrix g = Matrices.dense(control.G());
        RealMatrix h = Matrices.dense(model.H());
        RealMatrix weight = h.transpose().multiply(Matrices.dense(control.preferencePrecision()));
        RealMatrix stateCost = weight.multiply(h);
        RealVector stateWish =
                weight.operate(new ArrayRealVector(control.preferenceMean().toArray()));
        RealMatrix s = stateCost;
        RealVector wish = stateWish;
        RealMatrix gain = null;
        RealVector offset = null;
        for (int step = 0; step < control.horizon(); step++) {
            RealMatrix gs = g.transpose().multiply(s);
            DecompositionSolver solver = new LUDecomposition(
                            Matrices.dense(control.controlPrecision()).add(gs.multiply(g)))
                    .getSolver();
            if (!solver.isNonSingular()) {
                throw outOfBounds(step);
            }
            RealMatrix inverse = solver.getInverse();
            gain = inverse.multiply(gs).multiply(f);
            offset = inverse.operate(g.transpose().operate(wish));
            RealMatrix closed = f.subtract(g.multiply(gain));
            wish = stateWish.add(closed.transpose().operate(wish));
            s = stateCost.add(f.transpose().multiply(s).multiply(closed));
            s = s.add(s.transpose()).scalarMultiply(0.5);
            if (!Double.isFinite(s.getFrobeniusNorm() + wish.getNorm() + gain.getFrobeniusNorm() + offset.getNorm())) {
                throw outOfBounds(step);
            }
        }
        return new AffineControl(Matrices.rowMajor(gain.scalarMultiply(-1)), offset.toArray(), model.stateWidth());
    }

    private static InvalidModelException outOfBounds(int step) {
        return new InvalidModelException("The plan grows beyond all numbers after " + (step + 1)
                + " of its steps, expected a shorter horizon or matrices whose entries are less far apart");
    }

    /** The controls for means: [control][lane] from [state][lane]. */
    void choose(double[][] mean, double[][] controls, int lanes) {
        for (int k = 0; k < offset.length; k++) {
            Rows.fill(controls[k], offset[k], 0, lanes);
            Rows.addCombination(minusGain, k * states, mean, states, controls[k], 0, lanes);
        }
    }
}
