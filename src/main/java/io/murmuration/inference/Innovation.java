package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;

/**
 * What was observed less what was expected, {@code e = o − H mean}, with its covariance {@code S = H P Hᵀ + R}, and how
 * surprising it is.
 *
 * <p>Which elements are missing differs from lane to lane. A missing one has no row in H, and neither row nor column in
 * R: its pivot is 0, and it adds nothing to anything.
 */
final class Innovation {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);
    /** What is known exactly may be off by this much of the numbers involved before it is a contradiction. */
    private static final double CONTRADICTION = 1e-6;

    private final int states;
    private final int elements;
    private final double[] h;
    private final double[] squaredH;
    private final double[] r;
    /**
     * The variance of each element's noise given that of all others. No pivot of S is less: S without R is positive
     * semi-definite, and pivots grow with their matrix (Horn and Johnson 2013, section 7.7).
     */
    private final double[] ownNoise;

    /** [element][lane]: 1 where it was observed, 0 where it is missing. */
    private final double[][] seen;
    /** [element][lane]: 0 where missing. */
    private final double[][] observed;
    /** [element][lane]: e, then L⁻¹e, then S⁻¹e. */
    private final double[][] error;
    /** {@code H P}: [element][state][lane]. */
    private final double[][][] crossCovariance;
    /** S: [element][element][lane]. */
    private final double[][][] covariance;
    /** [element][lane]: how large the numbers are that make up the diagonal of S. */
    private final double[][] magnitude;
    /** [element][lane]: what the pivots of S are at least. */
    private final double[][] least;

    private final Pivots pivots;
    private final double[] freeEnergy;
    private final double[] impossible;

    Innovation(LinearGaussianModel model, int lanes) {
        states = model.stateWidth();
        elements = model.observationWidth();
        h = model.H().toArray();
        squaredH = Matrices.squares(h);
        r = Matrices.symmetric(model.R());
        ownNoise = Pivots.conditionalVariances(r, elements);
        seen = Rows.of(elements, lanes);
        observed = Rows.of(elements, lanes);
        error = Rows.of(elements, lanes);
        crossCovariance = new double[elements][states][lanes];
        covariance = Rows.symmetric(elements, lanes);
        magnitude = Rows.of(elements, lanes);
        least = Rows.of(elements, lanes);
        pivots = new Pivots(elements, lanes);
        freeEnergy = new double[lanes];
        impossible = new double[lanes];
    }

    /** {@code H P}: [element][state][lane], 0 where the element is missing. */
    double[][][] crossCovariance() {
        return crossCovariance;
    }

    /** {@code S⁻¹ e}: [element][lane]. */
    double[][] weightedError() {
        return error;
    }

    /** Whether an element, given the others, has no noise. */
    boolean exact() {
        for (double variance : ownNoise) {
            if (variance == 0) {
                return true;
            }
        }
        return false;
    }

    /** The factors of S. */
    Pivots pivots() {
        return pivots;
    }

    /** {@code ½(m log 2π + log|S| + eᵀS⁻¹e)} over the elements observed, in nats: [lane]. */
    double[] freeEnergy() {
        return freeEnergy;
    }

    /** 1 where an observation contradicts what is known exactly: [lane]. */
    double[] impossible() {
        return impossible;
    }

    /** Compares a step's observations with what a belief expects. */
    void measure(GaussianBelief prior, ObservationBlock observations, int step, int lanes) {
        for (int e = 0; e < elements; e++) {
            read(observations.observations(), observations.observationIndex(step, e), e, lanes);
            Rows.combine(h, e * states, prior.mean(), states, error[e], 0, lanes);
            difference(observed[e], seen[e], error[e], lanes);
        }
        spread(prior, lanes);
        pivots.factor(covariance, magnitude, least, lanes);
        pivots.forward(error, lanes);
        Rows.fill(freeEnergy, 0, 0, lanes);
        Rows.fill(impossible, 0, 0, lanes);
        for (int e = 0; e < elements; e++) {
            addSurprise(e, lanes);
        }
        pivots.backward(error, lanes);
    }

    private void read(double[] source, int index, int element, int lanes) {
        double[] values = observed[element];
        double[] mask = seen[element];
        for (int i = 0; i < lanes; i++) {
            double value = source[index + i];
            boolean missing = Double.isNaN(value);
            values[i] = missing ? 0 : value;
            mask[i] = missing ? 0 : 1;
        }
    }

    /** expected ← mask · (observed − expected). */
    private static void difference(double[] observed, double[] mask, double[] expected, int lanes) {
        for (int i = 0; i < lanes; i++) {
            expected[i] = mask[i] * (observed[i] - expected[i]);
        }
    }

    /** {@code H P} and {@code S}, with what it takes to tell its pivots from rounding. */
    private void spread(GaussianBelief prior, int lanes) {
        for (int e = 0; e < elements; e++) {
            for (int i = 0; i < states; i++) {
                Rows.combine(h, e * states, prior.covariance()[i], states, crossCovariance[e][i], 0, lanes);
                Rows.multiply(seen[e], crossCovariance[e][i], 0, lanes);
            }
            for (int o = 0; o <= e; o++) {
                double[] target = covariance[e][o];
                Rows.fill(target, 0, 0, lanes);
                Rows.addScaled(r[e * elements + o], seen[o], target, 0, lanes);
                Rows.addCombination(h, e * states, crossCovariance[o], states, target, 0, lanes);
                Rows.multiply(seen[e], target, 0, lanes);
            }
            Rows.fill(magnitude[e], r[e * elements + e], 0, lanes);
            Rows.addCombination(squaredH, e * states, prior.variance(), states, magnitude[e], 0, lanes);
            Rows.fill(least[e], 0, 0, lanes);
            Rows.addScaled(ownNoise[e], seen[e], least[e], 0, lanes);
        }
    }

    /** Adds an element's share, given the elements before it. */
    private void addSurprise(int element, int lanes) {
        double[] pivot = pivots.pivot(element);
        double[] inverse = pivots.inverse(element);
        double[] e = error[element];
        for (int i = 0; i < lanes; i++) {
            if (pivot[i] > 0) {
                freeEnergy[i] += 0.5 * (LOG_TWO_PI + Logarithm.of(pivot[i]) + e[i] * e[i] * inverse[i]);
            } else if (contradicts(e[i], observed[element][i], covariance[element][element][i])) {
                impossible[i] = 1;
            }
        }
    }

    private static boolean contradicts(double error, double observed, double variance) {
        return !(Math.abs(error) <= CONTRADICTION * (1 + Math.abs(observed) + Math.sqrt(Math.max(0, variance))));
    }
}
