package io.murmuration.orchestration.consensus;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** Beliefs about numbers. */
record Gaussians() implements BeliefKind<Gaussian> {
    @Override
    public Gaussian mixture(Panel<Gaussian> panel, double[] shares) {
        int n = panel.answer(0).size();
        RealVector mean = MatrixUtils.createRealVector(new double[n]);
        for (int i = 0; i < panel.size(); i++) {
            mean = mean.add(panel.answer(i).meanVector().mapMultiply(shares[i]));
        }
        RealMatrix covariance = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < panel.size(); i++) {
            RealVector apart = panel.answer(i).meanVector().subtract(mean);
            covariance = covariance.add(panel.answer(i)
                    .covarianceMatrix()
                    .add(apart.outerProduct(apart))
                    .scalarMultiply(shares[i]));
        }
        return Gaussian.of(mean, covariance);
    }

    /** In natural parameters, Λ and Λμ, powers are multiples and products are sums. */
    @Override
    public Product<Gaussian> product(Panel<Gaussian> panel, double[] exponents, Optional<Gaussian> prior) {
        int n = panel.answer(0).size();
        RealMatrix before = prior.map(belief -> precision(belief, "The prior in common"))
                .orElseGet(() -> MatrixUtils.createRealMatrix(n, n));
        RealVector pullBefore = prior.map(belief -> before.operate(belief.meanVector()))
                .orElseGet(() -> MatrixUtils.createRealVector(new double[n]));
        RealMatrix[] brought = new RealMatrix[panel.size()];
        RealMatrix precision = before;
        RealVector pull = pullBefore;
        for (int i = 0; i < panel.size(); i++) {
            if (exponents[i] == 0) {
                brought[i] = MatrixUtils.createRealMatrix(n, n);
                continue;
            }
            RealMatrix own = precision(panel.answer(i), "The belief of " + panel.agent(i));
            brought[i] = own.subtract(before).scalarMultiply(exponents[i]);
            precision = precision.add(brought[i]);
            RealVector ownPull = own.operate(panel.answer(i).meanVector());
            pull = pull.add(ownPull.subtract(pullBefore).mapMultiply(exponents[i]));
        }
        RealMatrix covariance = PositiveDefinite.of(precision)
                .orElseThrow(() -> new IllegalArgumentException("The beliefs together are less sure than nothing:"
                        + " they say less than the prior that they are told to have in common"))
                .inverse();
        double[] shares = new double[panel.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = covariance.multiply(brought[i]).getTrace() / n;
        }
        return new Product<>(Gaussian.of(covariance.operate(pull), covariance), shares, List.of());
    }

    private static RealMatrix precision(Gaussian belief, String whose) {
        return PositiveDefinite.of(belief.covarianceMatrix())
                .orElseThrow(() -> new IllegalArgumentException(whose + " has a singular covariance, "
                        + belief.covariance() + ": expected a positive definite one, whose precision is finite"))
                .inverse();
    }
}
