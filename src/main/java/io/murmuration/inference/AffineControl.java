package io.murmuration.inference;

import io.murmuration.model.InvalidModelException;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.RealMatrices;
import java.util.Optional;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.DiagonalMatrix;
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
        RealMatrix f = RealMatrices.of(model.F());
        RealMatrix g = RealMatrices.of(control.G());
        RealMatrix h = RealMatrices.of(model.H());
        RealMatrix weight = h.transpose().multiply(RealMatrices.of(control.preferencePrecision()));
        RealMatrix stateCost = weight.multiply(h);
        RealVector stateWish =
                weight.operate(new ArrayRealVector(control.preferenceMean().toArray()));
        RealMatrix s = stateCost;
        RealVector wish = stateWish;
        RealMatrix gain = null;
        RealVector offset = null;
        for (int i = 0; i < control.horizon(); i++) {
            int step = i;
            RealMatrix gs = g.transpose().multiply(s);
            RealMatrix inverse = inverse(
                            RealMatrices.of(control.controlPrecision()).add(gs.multiply(g)))
                    .orElseThrow(() -> outOfBounds(step));
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

    /**
     * The inverse of a symmetric positive definite matrix, if rounding has left it one. It is brought to a diagonal of 1
     * to 4, by powers of two, so that a pivot that is nothing but rounding can be told from one that is small as the costs of
     * controls are.
     */
    private static Optional<RealMatrix> inverse(RealMatrix matrix) {
        double[] scales = new double[matrix.getRowDimension()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = Math.scalb(1.0, -Math.floorDiv(Math.getExponent(matrix.getEntry(i, i)), 2));
        }
        RealMatrix scale = new DiagonalMatrix(scales);
        RealMatrix scaled = scale.multiply(matrix).multiply(scale);
        DecompositionSolver solver = new LUDecomposition(scaled, scales.length * Math.ulp(4.0)).getSolver();
        return solver.isNonSingular()
                ? Optional.of(scale.multiply(solver.getInverse()).multiply(scale))
                : Optional.empty();
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
