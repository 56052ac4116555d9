package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;

/**
 * The prior of the next observation: {@code mean ← F mean + G a}, {@code P ← F P Fᵀ + Q} (Kalman 1960), and at an agent's
 * first observation the model's prior.
 */
final class LinearPrediction {
    private final int states;
    private final int controls;
    private final double[] f;
    private final double[] g;
    private final double[] q;
    /** The model's prior, in the order of {@link GaussianBelief#row}. */
    private final double[] first;

    private final double[][] moved;
    /** {@code F P}: [row][column][lane]. */
    private final double[][][] product;

    LinearPrediction(LinearGaussianModel model, int lanes) {
        states = model.stateWidth();
        controls = model.actionWidth();
        f = model.F().toArray();
        g = model.control() instanceof QuadraticControl acting ? acting.G().toArray() : new double[0];
        q = Matrices.symmetric(model.Q());
        double[] covariance = Matrices.symmetric(model.initialCovariance());
        first = new double[states + covariance.length];
        System.arraycopy(model.initialMean().toArray(), 0, first, 0, states);
        System.arraycopy(covariance, 0, first, states, covariance.length);
        moved = Rows.of(states, lanes);
        product = new double[states][states][lanes];
    }

    /** Puts a lane's belief to the model's prior. */
    void start(GaussianBelief belief, int lane) {
        belief.set(lane, first);
    }

    /** Moves beliefs on from one observation to the prior of the next; {@code steps} have been observed so far. */
    void predict(GaussianBelief belief, double[][] actions, long[] steps, int lanes) {
        moveMean(belief.mean(), actions, lanes);
        moveCovariance(belief.covariance(), lanes);
        for (int lane = 0; lane < lanes; lane++) {
            if (steps[lane] == 0) {
                start(belief, lane);
            }
        }
    }

    private void moveMean(double[][] mean, double[][] actions, int lanes) {
        for (int i = 0; i < states; i++) {
            Rows.combine(f, i * states, mean, states, moved[i], 0, lanes);
            Rows.addCombination(g, i * controls, actions, controls, moved[i], 0, lanes);
        }
        for (int i = 0; i < states; i++) {
            Rows.copy(moved[i], mean[i], 0, lanes);
        }
    }

    private void moveCovariance(double[][][] covariance, int lanes) {
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                Rows.combine(f, i * states, covariance[j], states, product[i][j], 0, lanes);
            }
        }
        for (int i = 0; i < states; i++) {
            for (int j = 0; j <= i; j++) {
                double[] target = covariance[i][j];
                Rows.fill(target, q[i * states + j], 0, lanes);
                Rows.addCombination(f, j * states, product[i], states, target, 0, lanes);
            }
        }
    }
}
