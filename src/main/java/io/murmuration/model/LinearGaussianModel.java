package io.murmuration.model;

import java.io.Serializable;

/**
 * A linear-Gaussian state space: {@code x' = F x + G a + w}, {@code o = H x + v}, with {@code w ~ N(0, Q)} and
 * {@code v ~ N(0, R)}, n states, m observations and k controls.
 *
 * @param name for people
 * @param F n × n, the dynamics
 * @param H m × n, how states show in observations
 * @param Q n × n, symmetric positive semi-definite, covariance of the process noise
 * @param R m × m, symmetric positive semi-definite, covariance of the observation noise
 * @param initialMean n, mean of the prior at the first observation
 * @param initialCovariance n × n, symmetric positive semi-definite, covariance of that prior
 * @param control whether and how the agent acts
 */
public record LinearGaussianModel(
        String name,
        Tensor F,
        Tensor H,
        Tensor Q,
        Tensor R,
        Tensor initialMean,
        Tensor initialCovariance,
        Control control)
        implements GenerativeModel {

    /**
     * Checks that matrices fit together and are covariances and precisions.
     *
     * @throws InvalidModelException with one sentence about the first thing that does not
     */
    public LinearGaussianModel(
            String name,
            Tensor F,
            Tensor H,
            Tensor Q,
            Tensor R,
            Tensor initialMean,
            Tensor initialCovariance,
            Control control) {
        this.name = name;
        this.F = F;
        this.H = H;
        this.Q = Q;
        this.R = R;
        this.initialMean = initialMean;
        this.initialCovariance = initialCovariance;
        this.control = control;
        GaussianValues.check(this);
    }

    /** Whether and how the agent acts. */
    public sealed interface Control extends Serializable {}

    /** The agent only perceives. */
    public record NoControl() implements Control {}

    /**
     * How the agent acts: it minimises {@code Σ ½(o − o*)ᵀΠ(o − o*) + ½uᵀΛu} over the horizon.
     *
     * @param G n × k, how controls move states
     * @param preferenceMean m, the observation o* that it prefers
     * @param preferencePrecision m × m, symmetric positive semi-definite, Π
     * @param controlPrecision k × k, symmetric positive definite, Λ
     * @param horizon steps that it plans ahead, at least 1
     */
    public record QuadraticControl(
            Tensor G, Tensor preferenceMean, Tensor preferencePrecision, Tensor controlPrecision, int horizon)
            implements Control {}

    /** Number of hidden states n. */
    public int stateWidth() {
        return F.length(0);
    }

    @Override
    public int observationWidth() {
        return H.length(0);
    }

    @Override
    public int actionWidth() {
        return control instanceof QuadraticControl acting ? acting.G().length(1) : 0;
    }
}
