package io.murmuration.orchestration.consensus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * A belief {@code N(mean, covariance)} about numbers.
 *
 * @param mean of n ≥ 1 finite numbers
 * @param covariance n × n, row-major, symmetric and positive semi-definite but for rounding
 */
public record Gaussian(List<Double> mean, List<Double> covariance) implements Belief<Gaussian> {
    private static final double ROUNDING = 1e-9;

    /** @throws IllegalArgumentException if sizes do not fit, a number is not finite, or the covariance is none */
    public Gaussian {
        mean = List.copyOf(mean);
        int n = mean.size();
        if (n == 0 || covariance.size() != n * n) {
            throw new IllegalArgumentException("A Gaussian has a mean of " + n + " numbers and a covariance of "
                    + covariance.size() + ", expected n ≥ 1 and n × n");
        }
        for (List<Double> numbers : List.of(mean, covariance)) {
            if (!numbers.stream().allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("A Gaussian has numbers that are not finite: " + numbers);
            }
        }
        covariance = symmetric(covariance, n);
    }

    /** @param covariance [row][column] */
    public static Gaussian of(double[] mean, double[][] covariance) {
        List<Double> flat = new ArrayList<>();
        for (double[] row : covariance) {
            if (row.length != mean.length) {
                throw new IllegalArgumentException("A covariance has a row of " + row.length
                        + " numbers, expected as many as the mean has: " + mean.length);
            }
            Arrays.stream(row).forEach(flat::add);
        }
        return new Gaussian(Arrays.stream(mean).boxed().toList(), flat);
    }

    /**
     * A belief about one number.
     *
     * @param precision one over the variance; above 0
     */
    public static Gaussian ofPrecision(double mean, double precision) {
        if (!(precision > 0)) {
            throw new IllegalArgumentException("A Gaussian has precision " + precision + ", expected one above 0");
        }
        return of(new double[] {mean}, new double[][] {{1 / precision}});
    }

    /** A number without doubt. */
    public static Gaussian point(double number) {
        return of(new double[] {number}, new double[][] {{0}});
    }

    static Gaussian of(RealVector mean, RealMatrix covariance) {
        return of(mean.toArray(), covariance.getData());
    }

    private static List<Double> symmetric(List<Double> flat, int n) {
        double[][] rows = new double[n][n];
        double largest = flat.stream().mapToDouble(Math::abs).max().orElse(0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double here = flat.get(i * n + j);
                double there = flat.get(j * n + i);
                if (Math.abs(here - there) > ROUNDING * largest) {
                    throw new IllegalArgumentException("A covariance is not symmetric: (" + i + ", " + j + ") is "
                            + here + ", but (" + j + ", " + i + ") is " + there);
                }
                rows[i][j] = (here + there) / 2;
            }
        }
        double least = Arrays.stream(new EigenDecomposition(MatrixUtils.createRealMatrix(rows)).getRealEigenvalues())
                .min()
                .orElse(0);
        if (!(least >= -ROUNDING * largest)) {
            throw new IllegalArgumentException("A covariance has the eigenvalue " + least + ", expected none below 0");
        }
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).boxed().toList();
    }

    @Override
    public int size() {
        return mean.size();
    }

    RealVector meanVector() {
        return MatrixUtils.createRealVector(
                mean.stream().mapToDouble(Double::doubleValue).toArray());
    }

    RealMatrix covarianceMatrix() {
        int n = size();
        RealMatrix matrix = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n * n; i++) {
            matrix.setEntry(i / n, i % n, covariance.get(i));
        }
        return matrix;
    }

    /**
     * {@code ½ (tr(Σ₂⁻¹Σ₁) + (μ₂−μ₁)ᵀΣ₂⁻¹(μ₂−μ₁) − n + log det Σ₂ − log det Σ₁)}; infinite where a covariance is singular and
     * the beliefs are not the same.
     */
    @Override
    public double divergence(Gaussian other) {
        if (equals(other)) {
            return 0;
        }
        Optional<PositiveDefinite> own = PositiveDefinite.of(covarianceMatrix());
        Optional<PositiveDefinite> others = PositiveDefinite.of(other.covarianceMatrix());
        if (own.isEmpty() || others.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        PositiveDefinite to = others.get();
        RealVector apart = other.meanVector().subtract(meanVector());
        double trace = to.inverse().multiply(covarianceMatrix()).getTrace();
        double distance = apart.dotProduct(to.inverse().operate(apart));
        return Math.max(
                0, (trace + distance - size() + to.logDeterminant() - own.get().logDeterminant()) / 2);
    }
}
