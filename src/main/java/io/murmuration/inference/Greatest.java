package io.murmuration.inference;

/** Selects the most probable, the lowest index where equal. */
final class Greatest implements Selection {

    @Override
    public int select(double[][] probabilities, int count, int lane, long key, long time, int draw) {
        int best = 0;
        for (int u = 1; u < count; u++) {
            if (probabilities[u][lane] > probabilities[best][lane]) {
                best = u;
            }
        }
        return best;
    }
}
