package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;

/**
 * The belief after an observation: {@code K = P Hᵀ S⁻¹}, {@code mean ← mean + K e}, and the covariance in Joseph's form,
 * {@code P ← (I − KH) P (I − KH)ᵀ + K R Kᵀ}, which keeps it positive (Bucy and Joseph 1968; Brown and Hwang 2012, eq.
 * 4.2.11).
 */
final class KalmanUpdate {
    /**
     * A variance left by an exact observation counts as 0 from here on, relative to the one before: the gain is rounded to
     * about the root of this, and what is known would keep the square of that rounding for its uncertainty.
     */
    private static final double RELATIVE_ROUNDING = 1e-26;

    private final int states;
    private final int elements;
    private final double[] minusTransposedH;
    private final double[] r;

    /** K: [state][element][lane]. */
    private final double[][][] gain;
    /** {@code K R}: [state][element][lane]. */
    private final double[][][] noisyGain;
    /** {@code I − K H}: [row][column][lane]. */
    private final double[][][] keep;
    /** {@code (I − K H) P}: [row][column][lane]. */
    private final double[][][] product;

    /** [state][lane]: the diagonal of P before the update. */
    private final double[][] varianceBefore;
    /** [state][lane]: 0 where a state has become known, 1 elsewhere. */
    private final double[][] uncertain;

    KalmanUpdate(LinearGaussianModel model, int lanes) {
        states = model.stateWidth();
        elements = model.observationWidth();
        minusTransposedH = Matrices.minusTransposed(model.H().toArray(), states);
        r = Matrices.symmetric(model.R());
        gain = new double[states][elements][lanes];
        noisyGain = new double[states][elements][lanes];
        keep = new double[states][states][lanes];
        product = new double[states][states][lanes];
        varianceBefore = Rows.of(states, lanes);
        uncertain = Rows.of(states, lanes);
    }

    /** Turns priors into posteriors. */
    void update(GaussianBelief belief, Innovation innovation, int lanes) {
        moveMean(belief.mean(), innovation, lanes);
        weigh(innovation, lanes);
        shrink(belief, lanes);
        addNoise(belief.covariance(), lanes);
        if (innovation.exact()) {
            forgetRounding(belief, lanes);
        }
    }

    private void moveMean(double[][] mean, Innovation innovation, int lanes) {
        for (int e = 0; e < elements; e++) {
            for (int i = 0; i < states; i++) {
                Rows.addProduct(innovation.crossCovariance()[e][i], innovation.weightedError()[e], mean[i], 0, lanes);
            }
        }
    }

    /** {@code K}, {@code K R} and {@code I − K H}. */
    private void weigh(Innovation innovation, int lanes) {
        for (int i = 0; i < states; i++) {
            for (int e = 0; e < elements; e++) {
                Rows.copy(innovation.crossCovariance()[e][i], gain[i][e], 0, lanes);
            }
            innovation.pivots().forward(gain[i], lanes);
            innovation.pivots().backward(gain[i], lanes);
            for (int e = 0; e < elements; e++) {
                Rows.combine(r, e * elements, gain[i], elements, noisyGain[i][e], 0, lanes);
            }
            for (int j = 0; j < states; j++) {
                Rows.fill(keep[i][j], i == j ? 1 : 0, 0, lanes);
                Rows.addCombination(minusTransposedH, j * elements, gain[i], elements, keep[i][j], 0, lanes);
            }
        }
    }

    /** {@code P ← (I − KH) P (I − KH)ᵀ}. */
    private void shrink(GaussianBelief belief, int lanes) {
        for (int i = 0; i < states; i++) {
            Rows.copy(belief.variance()[i], varianceBefore[i], 0, lanes);
            for (int j = 0; j < states; j++) {
                Rows.dot(keep[i], belief.covariance()[j], product[i][j], 0, lanes);
            }
        }
        for (int i = 0; i < states; i++) {
            for (int j = 0; j <= i; j++) {
                Rows.dot(product[i], keep[j], belief.covariance()[i][j], 0, lanes);
            }
        }
    }

    /** {@code P ← P + K R Kᵀ}. */
    private void addNoise(double[][][] covariance, int lanes) {
        for (int i = 0; i < states; i++) {
            for (int j = 0; j <= i; j++) {
                for (int e = 0; e < elements; e++) {
                    Rows.addProduct(noisyGain[i][e], gain[j][e], covariance[i][j], 0, lanes);
                }
            }
        }
    }

    /** Rows and columns of P become 0 where a state has become known. */
    private void forgetRounding(GaussianBelief belief, int lanes) {
        for (int i = 0; i < states; i++) {
            double[] before = varianceBefore[i];
            double[] after = belief.variance()[i];
            double[] mask = uncertain[i];
            for (int lane = 0; lane < lanes; lane++) {
                mask[lane] = Math.abs(after[lane]) <= RELATIVE_ROUNDING * before[lane] ? 0 : 1;
            }
        }
        for (int i = 0; i < states; i++) {
            for (int j = 0; j <= i; j++) {
                Rows.multiply(uncertain[i], belief.covariance()[i][j], 0, lanes);
                Rows.multiply(uncertain[j], belief.covariance()[i][j], 0, lanes);
            }
        }
    }
}
