package io.murmuration.environment;

import io.murmuration.inference.ObservationBlock;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.RealMatrices;
import io.murmuration.model.Tensor;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/** A linear plant with Gaussian noise. */
final class LinearGaussianWorld implements World {
    private final RealMatrix f;
    private final RealMatrix g;
    private final RealMatrix h;
    private final RealMatrix firstRoot;
    private final RealMatrix processRoot;
    private final RealMatrix observationRoot;
    private final double[] firstMean;
    private final WorldDraws draws;
    private final long[] keys;
    private final double[][] states;

    LinearGaussianWorld(LinearGaussianModel truth, int lanes, long seed) {
        f = RealMatrices.of(truth.F());
        h = RealMatrices.of(truth.H());
        g = truth.control() instanceof QuadraticControl acting
                ? RealMatrices.of(acting.G())
                : new Array2DRowRealMatrix(truth.stateWidth(), 1);
        firstMean = truth.initialMean().toArray();
        firstRoot = root(truth.initialCovariance());
        processRoot = root(truth.Q());
        observationRoot = root(truth.R());
        draws = WorldDraws.of(seed);
        keys = new long[lanes];
        states = new double[lanes][truth.stateWidth()];
    }

    /** A matrix whose product with its transpose is the given one, which may be singular. */
    private static RealMatrix root(Tensor covariance) {
        // Of a matrix that is asymmetric, if only by rounding, eigenvectors are not orthogonal.
        EigenDecomposition eigen = new EigenDecomposition(RealMatrices.symmetric(covariance));
        double[] roots = eigen.getRealEigenvalues();
        for (int i = 0; i < roots.length; i++) {
            roots[i] = StrictMath.sqrt(Math.max(0, roots[i]));
        }
        return eigen.getV().multiply(MatrixUtils.createRealDiagonalMatrix(roots));
    }

    @Override
    public int stateWidth() {
        return firstMean.length;
    }

    @Override
    public void start(int lane, long agentKey) {
        keys[lane] = agentKey;
        states[lane] = add(firstMean, noise(firstRoot, agentKey, -1, 0));
    }

    @Override
    public double state(int element, int lane) {
        return states[lane][element];
    }

    @Override
    public void observe(int lanes, int step, ObservationBlock observations) {
        for (int lane = 0; lane < lanes; lane++) {
            double[] seen =
                    add(h.operate(states[lane]), noise(observationRoot, keys[lane], observations.time(step, lane), 0));
            for (int e = 0; e < seen.length; e++) {
                observations.setObservation(step, e, lane, seen[e]);
            }
        }
    }

    @Override
    public void act(int lanes, int step, ObservationBlock observations) {
        for (int lane = 0; lane < lanes; lane++) {
            double[] control = new double[g.getColumnDimension()];
            for (int k = 0; k < control.length; k++) {
                double action = observations.actionWidth() > k ? observations.action(step, k, lane) : 0;
                control[k] = action;
            }
            double[] moved = add(f.operate(states[lane]), g.operate(control));
            states[lane] =
                    add(moved, noise(processRoot, keys[lane], observations.time(step, lane), h.getRowDimension()));
        }
    }

    private double[] noise(RealMatrix root, long key, long step, int firstIndex) {
        double[] standard = new double[root.getColumnDimension()];
        for (int i = 0; i < standard.length; i++) {
            standard[i] = draws.normal(key, step, firstIndex + i);
        }
        return root.operate(standard);
    }

    private static double[] add(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
