package io.murmuration.model;

import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.ModelWarning.NeverControlled;
import io.murmuration.model.ModelWarning.NeverSeen;
import io.murmuration.model.ModelWarning.SingularCovariance;
import io.murmuration.model.ModelWarning.Uncontrollable;
import io.murmuration.model.ModelWarning.Unobservable;
import io.murmuration.model.ModelWarning.Unstable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** Finds states of a linear-Gaussian model that run away, are never seen or never controlled, and exact directions. */
final class LinearGaussianWarnings {
    private static final double ROUNDING = 1e-9;
    /** An eigenvalue that is less than this of the largest is 0; the engine's own bound. */
    private static final double SINGULAR = 1e-13;

    private static final int SQUARINGS = 40;

    private LinearGaussianWarnings() {}

    static List<ModelWarning> of(LinearGaussianModel model) {
        List<ModelWarning> warnings = new ArrayList<>();
        double radius = spectralRadius(model);
        if (radius > 1 + ROUNDING) {
            warnings.add(new Unstable(radius));
        }
        int n = model.stateWidth();
        RealMatrix dynamics = RealMatrices.of(model.F());
        InvariantSubspace seen = InvariantSubspace.of(
                dynamics.transpose(), RealMatrices.of(model.H()).transpose());
        if (!seen.untouched().isEmpty()) {
            warnings.add(new NeverSeen(seen.untouched()));
        }
        if (seen.rank() + seen.untouched().size() < n) {
            warnings.add(new Unobservable(seen.rank(), n));
        }
        if (model.control() instanceof QuadraticControl control) {
            InvariantSubspace moved = InvariantSubspace.of(dynamics, RealMatrices.of(control.G()));
            if (!moved.untouched().isEmpty()) {
                warnings.add(new NeverControlled(moved.untouched()));
            }
            if (moved.rank() + moved.untouched().size() < n) {
                warnings.add(new Uncontrollable(moved.rank(), n));
            }
        }
        noteSingular("Q", model.Q(), warnings);
        noteSingular("R", model.R(), warnings);
        return List.copyOf(warnings);
    }

    /**
     * The largest modulus of an eigenvalue of F: what the state is multiplied by in the long run. By repeated squaring,
     * {@code lim ‖F^k‖^(1/k)} (Gelfand 1941), which no defective or vanishing F disturbs.
     */
    static double spectralRadius(LinearGaussianModel model) {
        RealMatrix power = RealMatrices.of(model.F());
        double logNorm = 0;
        double exponent = 1;
        for (int squaring = 0; squaring <= SQUARINGS; squaring++) {
            double norm = power.getFrobeniusNorm();
            if (!(norm > 0)) {
                return 0;
            }
            logNorm += Math.log(norm) / exponent;
            power = power.scalarMultiply(1 / norm);
            power = power.multiply(power);
            exponent *= 2;
        }
        return Math.exp(logNorm);
    }

    private static void noteSingular(String key, Tensor covariance, List<ModelWarning> warnings) {
        double[] eigenvalues = new EigenDecomposition(RealMatrices.symmetric(covariance)).getRealEigenvalues();
        double largest = Arrays.stream(eigenvalues).max().orElse(0);
        int rank = (int) Arrays.stream(eigenvalues)
                .filter(value -> value > SINGULAR * largest)
                .count();
        if (rank < eigenvalues.length) {
            warnings.add(new SingularCovariance(key, rank, eigenvalues.length));
        }
    }
}
