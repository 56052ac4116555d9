package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.Tensor;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The first control of a finite-horizon plan, which is affine in the mean: {@code u = offset − gain · mean}, from the
 * backward Riccati recursion (Anderson and Moore 1990, "Optimal Control", section 2.4, with a linear term for the
 * preference).
 *
 * @param gain k × n, row-major
 * @param offset k
 * @param states n
 */
record AffineControl(double[] gain, double[] offset, int states) {

    /** The control of an agent that only perceives: none. */
    static AffineControl none(int states) {
        return new AffineControl(new double[0], new double[0], states);
    }

    static AffineControl of(LinearGaussianModel model, QuadraticControl control) {
        RealMatrix f = matrix(model.F());
        RealMatrix g = matrix(control.G());
        RealMatrix h = matrix(model.H());
        RealMatrix weight = h.transpose().multiply(matrix(control.preferencePrecision()));
        RealMatrix stateCost = weight.multiply(h);
        RealVector stateWish =
                weight.operate(new ArrayRealVector(control.preferenceMean().toArray()));
        RealMatrix s = stateCost;
        RealVector wish = stateWish;
        RealMatrix gain = null;
        RealVector offset = null;
        for (int step = 0; step < control.horizon(); step++) {
            RealMatrix gs = g.transpose().multiply(s);
            RealMatrix inverse = new LUDecomposition(
                            matrix(control.controlPrecision()).add(gs.multiply(g)))
                    .getSolver()
                    .getInverse();
            gain = inverse.multiply(gs).multiply(f);
            offset = inverse.operate(g.transpose().operate(wish));
            RealMatrix closed = f.subtract(g.multiply(gain));
            wish = stateWish.add(closed.transpose().operate(wish));
            s = stateCost.add(f.transpose().multiply(s).multiply(closed));
            s = s.add(s.transpose()).scalarMultiply(0.5);
        }
        double[] flat = new double[gain.getRowDimension() * gain.getColumnDimension()];
        for (int i = 0; i < gain.getRowDimension(); i++) {
            System.arraycopy(gain.getRow(i), 0, flat, i * gain.getColumnDimension(), gain.getColumnDimension());
        }
        return new AffineControl(flat, offset.toArray(), model.stateWidth());
    }

    private static RealMatrix matrix(Tensor tensor) {
        return new Array2DRowRealMatrix(LinearGaussianBlock.rows(tensor), false);
    }

    /** An element of the control for a mean. */
    double control(int element, double[] mean) {
        double u = offset[element];
        for (int j = 0; j < states; j++) {
            u -= gain[element * states + j] * mean[j];
        }
        return u;
    }
}
