package io.murmuration.inference;

/** Picks each lane's prior over a factor's states out of the predictions under all actions. */
final class PredictedPrior {
    private PredictedPrior() {}

    static void select(
            double[] first, long[] steps, int[] actions, double[][] predicted, double[][] prior, int from, int to) {
        int states = first.length;
        for (int s = 0; s < states; s++) {
            double[] row = prior[s];
            for (int i = from; i < to; i++) {
                row[i] = steps[i] == 0 ? first[s] : predicted[actions[i] * states + s][i];
            }
        }
    }
}
