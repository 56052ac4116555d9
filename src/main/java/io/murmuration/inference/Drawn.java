package io.murmuration.inference;

/**
 * Draws from {@code softmax(alpha · log p)}.
 *
 * @param alpha precision of the choice
 * @param seed of the draws
 */
record Drawn(double alpha, long seed) implements Selection {

    @Override
    public int select(double[][] probabilities, int count, int lane, long key, long time, int draw) {
        double max = Double.NEGATIVE_INFINITY;
        for (int u = 0; u < count; u++) {
            max = Math.max(max, Logarithm.floored(probabilities[u][lane]));
        }
        double total = 0;
        for (int u = 0; u < count; u++) {
            total += weight(alpha, probabilities[u][lane], max);
        }
        double rest = Draws.uniform(seed, key, time, draw) * total;
        for (int u = 0; u < count - 1; u++) {
            rest -= weight(alpha, probabilities[u][lane], max);
            if (rest < 0) {
                return u;
            }
        }
        return count - 1;
    }

    /** {@code exp(alpha · (log p − max))}. */
    static double weight(double alpha, double probability, double max) {
        return Exponential.ofNonPositive(alpha * (Logarithm.floored(probability) - max));
    }
}
