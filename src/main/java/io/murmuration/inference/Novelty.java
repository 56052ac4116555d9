package io.murmuration.inference;

import org.apache.commons.math3.special.Gamma;

/**
 * The weights of parameter information gain: {@code W(a) = log Σa − log a + 1/a − 1/Σa + ψ(a) − ψ(Σa)}, Σ over the first
 * axis (Da Costa et al. 2020, "Active inference on discrete state-spaces", eq. D.15); 0 where the count is 0.
 */
final class Novelty {
    private Novelty() {}

    /** Weights of Dirichlet counts with {@code rows} rows, flattened row-major. */
    static double[] weights(double[] counts, int rows) {
        int columns = counts.length / rows;
        double[] weights = new double[counts.length];
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += Math.max(counts[i * columns + j], Logarithm.FLOOR);
            }
            for (int i = 0; i < rows; i++) {
                double count = counts[i * columns + j];
                if (count > 0) {
                    double a = Math.max(count, Logarithm.FLOOR);
                    weights[i * columns + j] = Logarithm.of(sum)
                            - Logarithm.of(a)
                            + 1 / a
                            - 1 / sum
                            + Gamma.digamma(a)
                            - Gamma.digamma(sum);
                }
            }
        }
        return weights;
    }
}
