package io.murmuration.inference;

import io.murmuration.inference.ResultLayout.Column;
import io.murmuration.inference.ResultLayout.Kind;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.RealMatrices;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The fixed-interval smoother of Rauch, Tung and Striebel (1965): {@code C = P Fᵀ P'⁻¹}, {@code mean ← mean + C (smoothed'
 * − predicted')}, and the covariance as {@code P ← (I − CF) P (I − CF)ᵀ + C (smoothed P' + Q) Cᵀ}, which is {@code P + C
 * (smoothed P' − P') Cᵀ} without the difference of two large numbers that a diffuse prior makes of it. Where a prediction
 * is certain, {@code P'} has no inverse and C leaves that direction alone.
 */
final class RauchTungStriebelSmoother implements Smoother {
    private final int states;
    private final int controls;
    private final RealMatrix f;
    private final RealMatrix q;
    private final double[][] g;
    private final List<Column> columns;

    RauchTungStriebelSmoother(LinearGaussianModel model) {
        states = model.stateWidth();
        controls = model.actionWidth();
        f = RealMatrices.of(model.F());
        q = RealMatrices.of(model.Q());
        g = model.control() instanceof QuadraticControl acting
                ? RealMatrices.of(acting.G()).getData()
                : new double[states][0];
        columns = List.of(
                new Column("smoothed_mean", Kind.VECTOR, 0, List.of(states), true),
                new Column("smoothed_covariance", Kind.ROWS, states, Collections.nCopies(states, states), true));
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int width() {
        return states + states * states;
    }

    @Override
    public void smooth(int steps, double[] filtered, double[] actions, double[] smoothed) {
        System.arraycopy(filtered, (steps - 1) * width(), smoothed, (steps - 1) * width(), width());
        for (int t = steps - 2; t >= 0; t--) {
            RealMatrix covariance = covariance(filtered, t);
            RealVector mean = mean(filtered, t);
            RealMatrix gain = gain(covariance);
            RealVector ahead = f.operate(mean);
            for (int i = 0; i < states; i++) {
                for (int k = 0; k < controls; k++) {
                    ahead.addToEntry(i, g[i][k] * actions[t * controls + k]);
                }
            }
            RealVector smoothedMean =
                    mean.add(gain.operate(mean(smoothed, t + 1).subtract(ahead)));
            RealMatrix keep = MatrixUtils.createRealIdentityMatrix(states).subtract(gain.multiply(f));
            RealMatrix smoothedCovariance = sandwich(keep, covariance)
                    .add(sandwich(gain, covariance(smoothed, t + 1).add(q)));
            write(smoothedMean, smoothedCovariance, smoothed, t);
        }
    }

    private static RealMatrix sandwich(RealMatrix matrix, RealMatrix covariance) {
        return matrix.multiply(covariance).multiply(matrix.transpose());
    }

    /** {@code P Fᵀ P'⁻¹} with {@code P' = F P Fᵀ + Q}. */
    private RealMatrix gain(RealMatrix covariance) {
        RealMatrix product = f.multiply(covariance);
        RealMatrix predicted = product.multiply(f.transpose()).add(q);
        double[][][] rows = Rows.symmetric(states, 1);
        double[][] magnitude = Rows.of(states, 1);
        for (int i = 0; i < states; i++) {
            magnitude[i][0] = q.getEntry(i, i);
            for (int j = 0; j < states; j++) {
                magnitude[i][0] += f.getEntry(i, j) * f.getEntry(i, j) * covariance.getEntry(j, j);
                rows[i][j][0] = predicted.getEntry(i, j);
            }
        }
        Pivots pivots = new Pivots(states, 1);
        pivots.factor(rows, magnitude, Rows.of(states, 1), 1);
        RealMatrix gain = new Array2DRowRealMatrix(states, states);
        double[][] row = Rows.of(states, 1);
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                row[j][0] = product.getEntry(j, i);
            }
            pivots.forward(row, 1);
            pivots.backward(row, 1);
            for (int j = 0; j < states; j++) {
                gain.setEntry(i, j, row[j][0]);
            }
        }
        return gain;
    }

    private RealVector mean(double[] beliefs, int step) {
        int start = step * width();
        return new ArrayRealVector(Arrays.copyOfRange(beliefs, start, start + states), false);
    }

    private RealMatrix covariance(double[] beliefs, int step) {
        double[][] rows = new double[states][states];
        for (int i = 0; i < states; i++) {
            System.arraycopy(beliefs, step * width() + states + i * states, rows[i], 0, states);
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    private void write(RealVector mean, RealMatrix covariance, double[] smoothed, int step) {
        int start = step * width();
        for (int i = 0; i < states; i++) {
            smoothed[start + i] = mean.getEntry(i);
            for (int j = 0; j < states; j++) {
                smoothed[start + states + i * states + j] =
                        0.5 * (covariance.getEntry(i, j) + covariance.getEntry(j, i));
            }
        }
    }
}
