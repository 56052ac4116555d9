package io.murmuration.inference;

/**
 * Beliefs {@code N(mean, covariance)} of a number of agents.
 *
 * @param mean [state][lane]
 * @param covariance [state][state][lane], where (i, j) and (j, i) are one row, so that it is symmetric whatever is written
 * @param variance [state][lane], the diagonal of the covariance: the same rows
 */
record GaussianBelief(double[][] mean, double[][][] covariance, double[][] variance) {

    static GaussianBelief of(int states, int lanes) {
        double[][][] covariance = Rows.symmetric(states, lanes);
        double[][] variance = new double[states][];
        for (int i = 0; i < states; i++) {
            variance[i] = covariance[i][i];
        }
        return new GaussianBelief(Rows.of(states, lanes), covariance, variance);
    }

    int states() {
        return mean.length;
    }

    /** Number of values of a lane. */
    int width() {
        return states() + states() * states();
    }

    /** The row of a value, in the order mean, covariance row by row. */
    double[] row(int value) {
        int n = states();
        return value < n ? mean[value] : covariance[(value - n) / n][(value - n) % n];
    }

    /** A lane's values. */
    double[] get(int lane) {
        double[] values = new double[width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row(i)[lane];
        }
        return values;
    }

    /** Puts a lane to values. */
    void set(int lane, double[] values) {
        for (int i = 0; i < values.length; i++) {
            row(i)[lane] = values[i];
        }
    }
}
